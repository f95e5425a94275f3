"""The public vote under attack: each ballot is counted once, and nobody learns what another chose."""

import threading
from pathlib import Path

import pytest
from case_days import rules_had
from django.db import connections
from django.utils import timezone
from voted import SECRET, a_ballot, a_call, a_case, a_voter, cast, days

from govgauge.errors import Unusable
from govgauge.office import vote_key, vote_receipts, vote_tokens
from govgauge.office.ballot_writer import Writer
from govgauge.office.domain import ballot_box, voters
from govgauge.office.domain.ballot_box import Outcome
from govgauge.office.models import Ballot, CaseStep, Change, ProofKind, Voter
from govgauge.office.queries import votes

VOTED, UNKNOWN, TAKEN = "已经投过票", "投票凭据无效", "已经有人使用"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_ballot_counts_and_its_voter_is_marked_without_leading_to_it() -> None:
    call = a_call()
    token = a_voter(call)
    assert cast(a_ballot(token, 3, 1)) == [Outcome.COUNTED]
    ballot, voter = Ballot.objects.get(), Voter.objects.get()
    assert (ballot.choices, ballot.commitment) == ([1, 3], vote_receipts.commitment("r", [1, 3], SECRET))
    assert ballot.minute.second == 0
    assert voter.voted_at is not None
    assert timezone.localtime(voter.voted_at).hour == timezone.localtime(voter.admitted_at).minute == 0
    shared = {voter.network, voter.domain, voter.identity, voter.token_hash, voter.sealed} - {""}
    assert not shared & {ballot.network, ballot.domain, ballot.commitment}
    assert token not in str(list(Voter.objects.values()) + list(Ballot.objects.values()))


def test_the_same_ballot_sent_again_is_told_to_count_and_counts_once() -> None:
    token = a_voter(a_call())
    assert cast(a_ballot(token, 1, 2), a_ballot(token, 2, 1)) == [Outcome.COUNTED, Outcome.AGAIN]
    assert cast(a_ballot(token, 1, 2)) == [Outcome.AGAIN]
    assert Ballot.objects.count() == 1


def test_a_second_other_ballot_of_the_same_token_is_refused() -> None:
    token = a_voter(a_call())
    told = cast(a_ballot(token, 1), a_ballot(token, 2))
    assert told[0] is Outcome.COUNTED
    assert VOTED in told[1]
    assert VOTED in cast(a_ballot(token, 1, secret="1" * 64))[0]
    assert [one.choices for one in Ballot.objects.all()] == [[1]]


def test_the_same_person_gets_no_second_vote_by_proving_again() -> None:
    call = a_call()
    first = a_voter(call)
    second = a_voter(call)
    assert UNKNOWN in cast(a_ballot(first, 1))[0], "the token given before is dead"
    assert cast(a_ballot(second, 1)) == [Outcome.COUNTED]
    proven = voters.Proven(ProofKind.EMAIL, voters.identity(call, ProofKind.EMAIL, "a@example.cn"))
    assert voters.admit(call, proven) is None
    assert Voter.objects.count() == 1


def test_forged_tokens_are_told_without_a_look_up_and_those_of_nobody_by_one() -> None:
    a_call()
    made = vote_tokens.made()
    forged = ("A" if made[0] != "A" else "B") + made[1:]
    assert [vote_tokens.is_ours(one) for one in (made, forged, "", "é" * 43, made + "=", made[:-1])] == [True] + [
        False
    ] * 5
    assert UNKNOWN in cast(a_ballot(made, 1))[0]


def test_a_receipt_that_somebody_else_has_is_refused_and_the_vote_is_not_lost() -> None:
    call = a_call()
    one, other = a_voter(call), a_voter(call, "b@example.cn")
    told = cast(a_ballot(one, 1), a_ballot(other, 1))
    assert told[0] is Outcome.COUNTED
    assert TAKEN in told[1]
    assert cast(a_ballot(other, 1, secret="2" * 64)) == [Outcome.COUNTED]


def test_who_has_voted_cannot_find_out_anothers_choice_by_guessing() -> None:
    call = a_call()
    mine, other = a_voter(call), a_voter(call, "b@example.cn")
    cast(a_ballot(other, 4, secret="4" * 64), a_ballot(mine, 1))
    victim = vote_receipts.commitment("r", [4], "4" * 64)
    right = ballot_box.Slip(call.pk, mine, (4,), victim)
    wrong = ballot_box.Slip(call.pk, mine, (5,), victim)
    assert ballot_box.put([right]) == ballot_box.put([wrong]) == [Outcome.VOTED]


def test_nobody_votes_before_the_first_day_or_after_the_last() -> None:
    call = a_call()
    token = a_voter(call)
    for first, last, told in ((1, 2, "现在不能进行"), (-3, -1, "投票已经结束")):
        _rules(call, vote=days(first, last))
        assert told in cast(a_ballot(token, 1))[0]
    _rules(call, vote=None)
    assert "还没有定" in cast(a_ballot(token, 1))[0]
    assert not Ballot.objects.exists()
    _rules(call, vote=days(0, 0))
    assert cast(a_ballot(token, 1)) == [Outcome.COUNTED]


@pytest.mark.parametrize("choices", [(), (1, 2, 3, 4), (1, 1), (99,), (7,), (8,)])
def test_only_so_many_of_the_admitted_cases_can_be_chosen(choices: tuple[int, ...]) -> None:
    call = a_call()
    a_case(call, 7, "未通过", state="refused")
    a_case(call, 8, "校准", is_calibration=True)
    token = a_voter(call)
    assert "选" in cast(a_ballot(token, *choices))[0]
    assert Voter.objects.get().voted_at is None


def test_ballots_of_many_at_once_count_once_each() -> None:
    call = a_call()
    tokens = [a_voter(call, f"v{n}@example.cn") for n in range(8)]
    writers = [Writer(), Writer()]
    told: list[Outcome] = []

    def send(number: int, token: str) -> None:
        told.append(writers[number % 2].cast(a_ballot(token, 1, 2, secret=f"{number // 4:064x}")))

    threads = [
        threading.Thread(target=send, args=(4 * n + k, token)) for n, token in enumerate(tokens) for k in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (told.count(Outcome.COUNTED), told.count(Outcome.AGAIN)) == (8, 24)
    assert Ballot.objects.count() == Voter.objects.exclude(voted_at=None).count() == 8


def test_nothing_is_known_of_results_before_the_vote_is_over() -> None:
    call = a_call()
    cast(a_ballot(a_voter(call), 1))
    for asked in (lambda: votes.counted(call), lambda: votes.published(_vote(call))):
        with pytest.raises(Unusable, match="结束前不公布"):
            asked()
    assert votes.turnout(call, seconds=0) == 1
    assert not Change.objects.filter(topic__in=["Ballot", "Voter", "VoteCode"]).exists()


def test_a_recount_gives_the_same_digest_in_whatever_order_ballots_were_put_in() -> None:
    call = a_call()
    for number, choices in enumerate([(1, 2), (2,), (2, 3)]):
        cast(a_ballot(a_voter(call, f"v{number}@example.cn"), *choices, secret=f"{number:064x}"))
    _rules(call, vote=days(-3, -1))
    first = votes.counted(call)
    assert first.votes == {1: 1, 2: 3, 3: 1, 4: 0, 5: 0, 6: 0}
    rows = list(Ballot.objects.order_by("-pk").values())
    Ballot.objects.all().delete()
    Ballot.objects.bulk_create([Ballot(**{**row, "id": None}) for row in rows])
    assert votes.counted(call) == first
    CaseStep.objects.create(case=call.cases.get(number=1), kind="chosen")
    assert votes.counted(call) == first, "results that come after the vote change nothing of it"
    Ballot.objects.filter(commitment=rows[0]["commitment"]).update(choices=[5])
    assert votes.counted(call).digest != first.digest


def test_the_published_root_changes_when_a_receipt_is_left_out() -> None:
    call = a_call()
    for number in range(3):
        cast(a_ballot(a_voter(call, f"v{number}@example.cn"), 1, secret=f"{number:064x}"))
    _rules(call, vote=days(-3, -1))
    whole = votes.published(_vote(call))
    Ballot.objects.first().delete()  # type: ignore[union-attr]
    assert (whole.number, votes.published(_vote(call)).number) == (3, 2)
    assert votes.published(_vote(call)).root != whole.root


def test_a_ballot_box_that_cannot_be_written_acknowledges_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    token = a_voter(a_call())

    def away(_slips: object) -> None:
        raise OSError("gone")

    monkeypatch.setattr(ballot_box, "put", away)
    writer = Writer()
    with pytest.raises(Exception, match="不会重复计票"):
        writer.cast(a_ballot(token, 1))
    monkeypatch.undo()
    assert writer.cast(a_ballot(token, 1)) is Outcome.COUNTED


def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    vote_key.make(tmp_path)
    first = (tmp_path / "vote.key").read_bytes()
    vote_key.make(tmp_path)
    assert (tmp_path / "vote.key").read_bytes() == first
    assert (tmp_path / "vote.key").stat().st_mode & 0o77 == 0
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["vote.key"]


def _rules(call: object, **changed: object) -> None:
    rules_had(call, **changed)  # type: ignore[arg-type]


def _vote(call: object) -> object:
    from govgauge.office.domain.vote_calls import vote_of  # noqa: PLC0415

    return vote_of(call)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def nothing_left_open() -> object:
    yield
    connections.close_all()
