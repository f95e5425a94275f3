"""Sentences whose numbers are known: a number enters a text together with what it is and its unrounded value."""

from collections.abc import Iterable, Sequence

from govgauge.analysis.claim import Claim
from govgauge.analysis.groups import Spread
from govgauge.analysis.shares import Share, shown
from govgauge.reports.document.model import Fact, Items, Note, Paragraph, Run, Runs, Tone

Part = str | Run | Runs


def say(*parts: Part) -> Paragraph:
    """A paragraph of texts, numbers and references."""
    return Paragraph(joined(parts))


def lead(*parts: Part) -> Paragraph:
    """A paragraph that leads to the list or figure below it."""
    return Paragraph(joined(parts), leads=True)


def remark(*parts: Part) -> Note:
    """Small print."""
    return Note(joined(parts))


def caution(*parts: Part) -> Note:
    """What must be known before the numbers are used."""
    return Note(joined(parts), Tone.CAUTION)


def listed(items: Iterable[Sequence[Part]], *, ordered: bool = False) -> Items:
    """A list."""
    return Items(tuple(joined(item) for item in items), ordered)


def joined(parts: Iterable[Part]) -> Runs:
    """Texts and runs as runs, empty ones left out."""
    found: list[Run] = []
    for part in parts:
        if isinstance(part, str):
            found += [Run(part)] if part else []
        elif isinstance(part, Run):
            found.append(part)
        else:
            found += part
    return tuple(found)


def count(what: str, number: int) -> Run:
    """A whole number."""
    return Run(str(number), facts=(Fact(what, number, str(number)),))


def index(what: str, number: float, decimals: int = 3) -> Run:
    """An index or another number, rounded for showing."""
    told = shown(number, decimals)
    return Run(told, facts=(Fact(what, number, told),))


def percent(what: str, share: Share) -> Run:
    """A share in per cent; told only beside its denominator."""
    return Run(share.percent(), facts=(Fact(what, share.value or 0.0, share.percent()),) if share.denominator else ())


def part(what: str, share: Share, unit: str = "个") -> Run:
    """`36/70 个，占 51.4%`."""
    return Run(share.text(unit), facts=_facts_of_share(what, share))


def mean_told(what: str, spread: Spread) -> list[Part]:
    """The mean total index: of those whose index is settled, and between which bounds that of all lies."""
    if spread.mean is None:
        return ["总指数未确定" if spread.still_open == 1 else "总指数都未确定", *bounds_told(what, spread)]
    if not spread.still_open:
        return ["总指数平均 ", index(f"{what}|mean", spread.mean)]
    settled: list[Part] = ["总指数已确定的 ", count(f"{what}|known", spread.known), " 个平均 "]
    return [*settled, index(f"{what}|mean", spread.mean), *bounds_told(what, spread)]


def bounds_told(what: str, spread: Spread) -> list[Part]:
    """Between which bounds the mean of all lies, with those whose index is open; empty where nobody's is."""
    if not spread.still_open or spread.low is None or spread.high is None:
        return []
    many: list[Part] = ["；连同总指数未定的 ", count(f"{what}|unsettled", spread.still_open), " 个，平均在 "]
    alone: list[Part] = ["，在 " if spread.still_open == 1 else "，平均在 "]
    return [
        *(many if spread.known else alone),
        *(index(f"{what}|low", spread.low), " 至 ", index(f"{what}|high", spread.high), " 之间"),
    ]


def to(name: str) -> Run:
    """The number of a figure, table or section, by its name."""
    return Run(to=name)


def told(claim: Claim, of: str = "") -> Run:
    """A statement of the analysis with the numbers that it tells; `of` says whose, where the statement does not."""
    kind = f"{claim.kind}|{of}" if of else claim.kind.value
    facts: list[Fact] = []
    for counted in claim.shares:
        facts += _facts_of_share(f"{kind}|{counted.group}|{counted.name}", counted.share)
    for each in claim.numbers:
        what = f"{kind}|{each.group}|{each.name}"
        text = shown(abs(each.number))
        facts.append(Fact(what, each.number, text))
        if f"{each.subjects} 个" in claim.text:
            facts.append(Fact(f"{what}|有效数", each.subjects, str(each.subjects)))
    return Run(claim.text, facts=tuple(fact for fact in facts if fact.told in claim.text))


def claims(found: Iterable[Claim | None], of: str = "") -> list[Paragraph]:
    """A paragraph of all statements that could be made; none without any."""
    runs = tuple(told(claim, of) for claim in found if claim is not None)
    return [Paragraph(runs)] if runs else []


def _facts_of_share(what: str, share: Share) -> tuple[Fact, ...]:
    found = [
        Fact(f"{what}|分子", share.numerator, str(share.numerator)),
        Fact(f"{what}|分母", share.denominator, str(share.denominator)),
    ]
    if share.denominator:
        found.append(Fact(f"{what}|占比", share.numerator / share.denominator, share.percent()))
    return tuple(found)
