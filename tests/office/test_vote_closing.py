"""The end of a vote: what is put in late does not count, who counts waits for what is on its way, and it stays over."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from case_days import rules_had
from django.db import connection, connections, transaction
from django.test import override_settings
from voted import SECRET, a_ballot, a_call, a_voter, cast, days

from govgauge.errors import Unusable
from govgauge.office import vote_receipts
from govgauge.office.ballot_writer import Writer
from govgauge.office.domain import ballot_box, quarantine, stages, vote_calls, vote_codes, voters
from govgauge.office.domain.ballot_box import Outcome, Slip
from govgauge.office.models import Ballot, CaseCall, CaseStep, ProofKind, Voter
from govgauge.office.queries import votes


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return "postgresql" if "way" in request.node.name else str(request.param)


@pytest.fixture(autouse=True)
def nothing_left_open() -> Iterator[None]:
    yield
    connections.close_all()


def a_slip(call: CaseCall, token: str, number: int = 1, *, ended: int = -1) -> Slip:
    """A ballot of a vote whose last day is so many days from today."""
    secret = f"{number:064x}"
    until = stages.today() + timedelta(days=ended)
    return Slip(call.pk, token, (1,), vote_receipts.commitment("r", [1], secret), "", until)


def test_a_ballot_that_was_begun_in_time_and_is_put_in_after_the_last_day_does_not_count() -> None:
    call = a_call()
    token = a_voter(call)
    assert ballot_box.put([a_slip(call, token), a_slip(call, vote_calls.__name__)]) == [Outcome.LATE, Outcome.UNKNOWN]
    assert not Ballot.objects.exists()
    assert Voter.objects.get().voted_at is None
    assert ballot_box.put([a_slip(call, token, ended=0)]) == [Outcome.COUNTED], "the last day counts whole"


def test_who_resends_a_ballot_after_the_end_is_told_that_it_counts() -> None:
    call = a_call()
    token, other = a_voter(call), a_voter(call, "b@example.cn")
    assert cast(a_ballot(token, 1)) == [Outcome.COUNTED]
    rules_had(call, vote=days(-3, -1))
    assert cast(a_ballot(token, 1)) == [Outcome.AGAIN]
    assert "已经投过票" in cast(a_ballot(token, 2))[0]
    assert "投票已经结束" in cast(a_ballot(other, 1, secret="2" * 64))[0]
    assert Ballot.objects.count() == 1


def test_every_ballot_has_a_minute_of_the_days_of_the_vote() -> None:
    call = a_call(vote=days(0, 0))
    cast(a_ballot(a_voter(call), 1))
    assert Ballot.objects.get().minute.astimezone().date() == stages.today()


def test_who_lists_or_counts_ballots_waits_for_those_on_their_way() -> None:
    call = a_call()
    token, listed = a_voter(call), list[str]()
    rules_had(call, vote=days(-3, -1))
    vote = vote_calls.vote_of(call)

    def look() -> None:
        listed.extend(votes.receipts(vote))
        connection.close()

    looking = threading.Thread(target=look)
    with transaction.atomic():
        assert ballot_box.put([a_slip(call, token, ended=0)]) == [Outcome.COUNTED]
        looking.start()
        looking.join(0.5)
        assert looking.is_alive(), "it has to wait"
    looking.join(30)
    assert listed == list(Ballot.objects.values_list("commitment", flat=True))
    assert len(listed) == 1


def test_a_look_for_bursts_holds_up_no_ballot_on_its_way() -> None:
    call = a_call()
    token = a_voter(call)
    told: list[Outcome] = []

    def vote() -> None:
        told.append(Writer().cast(a_ballot(token, 1)))

    voting = threading.Thread(target=vote)
    with transaction.atomic():
        quarantine.look(call)
        voting.start()
        voting.join(20)
        assert told == [Outcome.COUNTED]


def test_with_another_key_nobody_votes_a_second_time(tmp_path: Path) -> None:
    call = a_call()
    cast(a_ballot(a_voter(call), 1))
    with override_settings(HOME=tmp_path):
        for again in (
            lambda: vote_codes.ask(call, ProofKind.EMAIL, "a@example.cn", ""),
            lambda: voters.admit(call, voters.Proven(ProofKind.OIDC, "0" * 64)),
        ):
            with pytest.raises(Unusable, match="投票密钥"):
                again()
    assert Voter.objects.count() == 1
    assert a_voter(call, "b@example.cn"), "with the old one it goes on"


def test_a_case_that_leaves_the_vote_takes_no_other_choice_with_it() -> None:
    call = a_call()
    cast(
        a_ballot(a_voter(call), 1, 2),
        a_ballot(a_voter(call, "b@example.cn"), 2, secret="2" * 64),
        a_ballot(a_voter(call, "c@example.cn"), 1, secret=SECRET[::-1]),
    )
    CaseStep.objects.create(case=call.cases.get(number=1), kind="withdrawn")
    rules_had(call, vote=days(-3, -1))
    counted = votes.counted(call)
    assert (counted.ballots, counted.aside, counted.votes) == (3, 0, {2: 2, 3: 0, 4: 0, 5: 0, 6: 0})
