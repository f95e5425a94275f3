"""One-glance pictures: the work of a line as a bar, and a measure of agreement with its interval on a scale."""

from msgspec import Struct

from govgauge.analysis.agreement import Measure
from govgauge.office.models import AssignmentState, ReviewPolicy
from govgauge.office.queries.boards import Line
from govgauge.web.templatetags.shown import Segment
from govgauge.web.words import ASSIGNMENT_STATES
from govgauge.web.workspace.review.words import UNDEFINED

ORDER = (
    AssignmentState.ACCEPTED,
    AssignmentState.DECIDED,
    AssignmentState.SUBMITTED,
    AssignmentState.RETURNED,
    AssignmentState.DRAFT,
    AssignmentState.OPEN,
)
CLASSES = {AssignmentState.OPEN: "waiting"}


class Scale(Struct, frozen=True):
    """A measure from 0 to 1 as a picture: places in hundredths, empty where there is nothing to draw."""

    words: str
    why: str
    dot: str = ""
    start: str = ""
    width: str = ""
    mark: str = ""
    low: bool = False


class BoardLine(Struct, frozen=True):
    """A line of the board with its pictures. `rejection` is the share of reviews that rejected, in words."""

    line: Line
    bar: list[Segment]
    alpha: Scale
    kappa: Scale
    percent: Scale
    rejection: str
    rejects: bool


def board_line(line: Line, policy: ReviewPolicy) -> BoardLine:
    """A line with its pictures; what lies beyond a threshold of the round is marked."""
    below = None if policy.alpha_below is None else float(policy.alpha_below)
    share = line.rejected / line.reviews if line.reviews else None
    beyond = share is not None and policy.rejection_above is not None and share > float(policy.rejection_above)
    return BoardLine(
        line=line,
        bar=bar(line),
        alpha=scale(line.agreement.alpha, below if line.agreement.pairs >= policy.fewest else None),
        kappa=scale(line.agreement.kappa),
        percent=scale(line.agreement.percent, percent=True),
        rejection="—" if share is None else f"{100 * share:.0f}%",
        rejects=beyond and line.reviews >= policy.fewest,
    )


def bar(line: Line) -> list[Segment]:
    """The states of a line's work."""
    return [
        Segment(CLASSES.get(state, state.value), str(ASSIGNMENT_STATES[state]), line.states.get(state, 0))
        for state in ORDER
    ]


def scale(measure: Measure, below: float | None = None, *, percent: bool = False) -> Scale:
    """A measure as words and picture; `below` is the threshold that is marked."""
    if measure.value is None:
        return Scale("—", str(UNDEFINED[measure.why]) if measure.why else "")
    words = _number(measure.value, percent=percent)
    why = ""
    drawn = {"dot": _place(measure.value)}
    if measure.low is not None and measure.high is not None:
        low, high = (_number(value, percent=percent) for value in (measure.low, measure.high))
        why = f"{low}～{high}"
        start, end = float(_place(measure.low)), float(_place(measure.high))
        drawn |= {"start": f"{start:.2f}", "width": f"{max(0.5, end - start):.2f}"}
    mark = "" if below is None else _place(below)
    return Scale(words, why, **drawn, mark=mark, low=below is not None and measure.value < below)


def _place(value: float) -> str:
    return f"{100 * min(1.0, max(0.0, value)):.2f}"


def _number(value: float, *, percent: bool) -> str:
    return f"{100 * value:.0f}%" if percent else f"{value:.2f}".replace("-", "−")
