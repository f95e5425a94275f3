"""A call whose vote is open, and voters in it."""

from datetime import date, timedelta

from django.utils import timezone

from govgauge.office import vote_receipts
from govgauge.office.ballot_writer import Given, Writer
from govgauge.office.domain import case_calls, voters
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.domain.ballot_box import Outcome
from govgauge.office.domain.voters import Proven
from govgauge.office.models import Case, CaseCall, CaseStep, Entry, ProofKind, Round

SECRET = "00112233445566778899aabbccddeeff" * 2


def a_call(cases: int = 6, *, title: str = "创新案例征集", **rules: object) -> CaseCall:
    """A call with admitted cases in two categories, whose vote began yesterday and ends tomorrow."""
    round_ = Round.objects.create(slug="r", title="2025 年评估", rules="inspection-2019", as_of=date(2025, 11, 30))
    return a_call_of(round_, cases, title=title, **rules)


def a_call_of(
    round_: Round, cases: int = 6, *, title: str = "创新案例征集", name: str = "案例", **rules: object
) -> CaseCall:
    """One of a round that there is."""
    settings = {
        "categories": [
            {"slug": "service", "name": "政务服务", "family": "数字政府"},
            {"slug": "open", "name": "数据开放", "family": "数字政府"},
        ],
        "vote": days(-1, 1),
        "votes_per_voter": 3,
        "proofs": ["email", "phone"],
        **rules,
    }
    call = case_calls.open_call(PROGRAM, round_, title, settings)
    for number in range(1, cases + 1):
        a_case(call, number, f"{name}{number}")
    return call


def a_case(call: CaseCall, number: int, name: str, state: str = "admitted", **more: object) -> Case:
    """A case with its last step."""
    entry = call.round.entries.first() or Entry.objects.create(
        round=call.round,
        key="某省/甲县",
        name="甲县",
        parent="某省",
        group="县",
        system="2025-county",
        profile="county",
    )
    facts = {"entry": entry, "owner": entry.name, "category": ("service", "open")[number % 2], "name": name, **more}
    case = Case.objects.create(call=call, number=number, kind="self", reason=f"{name}的推荐理由", **facts)
    CaseStep.objects.create(case=case, kind=state)
    return case


def days(first: int, last: int) -> dict[str, str]:
    """Days from so many after today to so many after today."""
    today = timezone.localdate()
    return {"starts": str(today + timedelta(days=first)), "ends": str(today + timedelta(days=last))}


def a_voter(call: CaseCall, name: str = "a@example.cn", *, network: str = "8.8.8.0/24") -> str:
    """The token of somebody who proved an address."""
    domain = voters.domain_hash(call, name.rpartition("@")[2])
    token = voters.admit(call, Proven(ProofKind.EMAIL, voters.identity(call, ProofKind.EMAIL, name), network, domain))
    assert token is not None
    return token


def a_ballot(token: str, *choices: int, secret: str = SECRET, network: str = "8.8.8.0/24", slug: str = "r") -> Given:
    """A ballot as it comes."""
    return Given(slug, token, choices, vote_receipts.commitment(slug, choices, secret), network)


def cast(*ballots: Given) -> list[Outcome | str]:
    """Put ballots in together by a writer that knows nothing yet; what became of each, or why it was refused."""
    from concurrent.futures import Future  # noqa: PLC0415

    lot = [(one, Future()) for one in ballots]  # type: ignore[var-annotated]
    Writer().write(lot)
    return [str(waited.exception()) if waited.exception() else waited.result() for _given, waited in lot]
