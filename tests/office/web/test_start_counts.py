"""What start pages tell of what is dear to count: what may be reviewed now, and findings that wait to be sent."""

import seeded
from answered import a_batch, a_round, an_entry, assigned, person_of, somebody, submitted
from people_at_work import at_work
from test_start import told

from govgauge.office.domain import double_coding, remedies
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Part, RoleKind, WorkCount
from govgauge.office.tick import tick


def test_a_reviewer_is_told_of_what_may_be_reviewed_and_of_findings_to_be_sent() -> None:
    round_ = a_round()
    batch, one, other = a_batch(round_), somebody(), somebody()
    entries = [an_entry(round_, name) for name in ("甲县", "乙县", "丙县")]
    first, second = (
        [assigned(batch, entry, person_of(who), part=part) for entry in entries[:2]]
        for who, part in ((one, Part.FIRST), (other, Part.SECOND))
    )
    alone = assigned(batch, entries[2], person_of(one))
    client = at_work(RoleKind.REVIEWER)
    submitted(first[0], "1")
    assert told(client) == {}
    submitted(second[0], "1")
    submitted(second[1], "0")
    submitted(alone, "0")
    found = [seeded.a_finding(entries[0], number, confirmed=number != 3) for number in range(4)]
    assert told(client) == {"批次待复核": 1, "答案待复核": 3, "问题两次见到，待通知": 3}
    submitted(first[1], "1")
    double_coding.settle(first[1].coding)
    assert told(client)["答案待复核"] == 3
    remedies.notify(PROGRAM, round_, [found[0].id])
    assert told(client)["问题两次见到，待通知"] == 2


def test_what_takes_long_is_counted_by_the_tick_and_a_page_shows_the_last_count() -> None:
    round_ = a_round()
    entry = an_entry(round_, "甲县")
    found = [seeded.a_finding(entry, number, confirmed=True) for number in range(3)]
    client = at_work(RoleKind.ADMINISTRATOR)
    tick()
    WorkCount.objects.update(unsent=7, seconds=2)
    assert told(client) == {"问题两次见到，待通知": 7}
    remedies.notify(PROGRAM, round_, [found[0].id])
    assert told(client) == {"问题两次见到，待通知": 6}
    tick()
    assert told(client) == {"问题两次见到，待通知": 2}
