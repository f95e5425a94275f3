"""The board of a round: what is done, late, disputed and agreed, in the same number of queries whatever there is."""

from datetime import date, timedelta

from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from govgauge.analysis.agreement import Undefined
from govgauge.office.domain import boards, double_coding, reviews
from govgauge.office.models import BoardCount, Part, RoleKind, Round
from govgauge.office.queries.boards import counted

DAY = date(2025, 11, 2)
"""A day after assignments are due."""


def a_round_at_work(pairs: int, slug: str = "r") -> Round:
    """A round with double codings (every third disputed), one rejected review, one late assignment."""
    round_ = a_round(slug)
    batch = a_batch(round_)
    one, other, reviewer = somebody(name="甲"), somebody(name="乙"), somebody(RoleKind.REVIEWER)
    for number in range(pairs):
        entry = an_entry(round_, f"县{number}")
        first = assigned(batch, entry, person_of(one))
        second = assigned(batch, entry, person_of(other), part=Part.SECOND)
        submitted(first, "1" if number % 2 else "0")
        double_coding.settle(submitted(second, "1" if number % 2 or number % 3 == 0 else "0"))
    coding = submitted(assigned(batch, an_entry(round_, "退县"), person_of(one)), "1")
    reviews.reject(reviewer, coding, coding.version, "没有证据")
    assigned(batch, an_entry(round_, "迟县"), person_of(other))
    return round_


def test_the_board_counts_by_person_indicator_and_batch() -> None:
    board = counted(a_round_at_work(4), DAY)
    whole = board.whole
    assert whole.states == {"accepted": 6, "submitted": 2, "returned": 1, "open": 1}
    assert (whole.total, whole.done, whole.waiting, whole.late) == (10, 6, 2, 2)
    assert (whole.reviews, whole.rejected, whole.disputes, whole.disputed) == (1, 1, 1, 1)
    assert (whole.agreement.pairs, whole.agreement.agreeing) == (4, 3)
    assert [(line.name, line.total, line.late) for line in board.people] == [("乙", 5, 1), ("甲", 5, 1)]
    assert [line.name for line in board.batches] == ["机构信息"]
    assert board.indicators[0].name.startswith("1.1.1 ")
    assert board.batches[0].agreement.pairs == 4


def test_an_empty_round_has_an_empty_board() -> None:
    board = counted(a_round(), DAY)
    assert (board.whole.total, board.people, board.whole.agreement.alpha.why) == (0, (), Undefined.TOO_FEW)


def test_counting_asks_the_same_number_of_times() -> None:
    asked = []
    for slug, pairs in (("one", 1), ("fifty", 50)):
        round_ = a_round_at_work(pairs, slug)
        with CaptureQueriesContext(connection) as seen:
            counted(round_, DAY)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 8


def test_a_quick_count_is_made_anew_when_it_is_old() -> None:
    round_ = a_round()
    assert boards.current(round_).board.whole.total == 0
    assigned(a_batch(round_), an_entry(round_, "甲县"), person_of(somebody()))
    assert boards.current(round_).board.whole.total == 0
    BoardCount.objects.update(made_at=timezone.now() - timedelta(minutes=1), seconds=0)
    assert boards.current(round_).board.whole.total == 1


def test_of_a_large_round_the_last_count_is_shown_while_somebody_counts() -> None:
    round_ = a_round()
    boards.refresh(round_)
    long_ago, begun = timezone.now() - timedelta(minutes=1), timezone.now()
    BoardCount.objects.update(made_at=long_ago, seconds=9, begun_at=begun)
    assert boards.current(round_).made_at == long_ago
    assert BoardCount.objects.get().begun_at == begun
