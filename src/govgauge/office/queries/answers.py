"""The answers of an entry, the program's and people's together."""

from govgauge.office import answered
from govgauge.office.domain import freezing
from govgauge.office.models import Entry
from govgauge.office.queries.accepted import accepted
from govgauge.office.queries.judged import sheet_of
from govgauge.scoring.answers import Answer


def answers_of(entry: Entry) -> dict[str, Answer]:
    """The answers of an entry by check, as of the day of its round: automatic ones stay unless an objection or an
    explanation has taken their place, the others are those that people have accepted."""
    round_ = entry.round
    system = freezing.systems_of(round_, {entry.system})[entry.system]
    people = accepted([entry.id], round_.as_of).get(entry.id, {})
    return answered.answers(system, sheet_of(entry.id), people)
