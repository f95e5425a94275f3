"""Counting a published result again: the same from the same papers, and what differs where they were touched."""

import json
from pathlib import Path

import pytest
from panelled import LEVELS
from test_case_results import a_ballot, a_judged_panel, voted
from typer.testing import CliRunner

from govgauge.cli.main import app
from govgauge.errors import Unusable
from govgauge.office.case_papers import kept_rules
from govgauge.office.case_recount import recount
from govgauge.office.domain import case_calls, case_counts
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.models import Ballot, CaseCount, Seat


def published(**settings: object) -> CaseCount:
    made = a_judged_panel(**settings)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    return count


def test_the_same_papers_give_the_published_digest_whatever_rules_came_after() -> None:
    count = published()
    told = recount(count.call)
    assert (told.recounted, told.equal, told.other_rules, told.differing) == (count.digest, True, False, [])
    settings = kept_rules(case_calls.rules_of(count.call))
    case_calls.change_rules(PROGRAM, count.call, {**settings, "per_subject": 9})
    told = recount(count.call)
    assert (told.recounted, told.equal, told.other_rules) == (count.digest, True, True)


def test_a_result_that_was_weighed_is_weighed_again() -> None:
    weights = dict(zip(LEVELS, ("5", "1", "1", "1", "1"), strict=True))
    count = published(weights=weights)
    assert count.rules["weights"] == weights
    told = recount(count.call)
    assert (told.equal, told.differing) == (True, [])


def test_papers_that_were_touched_are_told_case_by_case() -> None:
    count = published()
    Ballot.objects.order_by("id").first().delete()  # type: ignore[union-attr]
    told = recount(count.call)
    assert not told.equal
    assert told.ballots == 3
    assert any("001" in line and "→" in line for line in told.differing)
    seat = Seat.objects.filter(submitted_at__isnull=False).first()
    assert seat is not None
    a_ballot_again = recount(count.call).recounted
    seat.levels = {**seat.levels, "function": 1}
    seat.save()
    assert recount(count.call).recounted != a_ballot_again


def test_the_command_says_whether_it_is_the_same(office: Path) -> None:
    made = a_judged_panel()
    slug = made.round.slug
    run = CliRunner()
    with pytest.raises(Unusable, match="还没有计票"):
        recount(made.call)
    voted(made)
    count = case_counts.count(made.chair, made.call)
    case_counts.publish(made.chair, count)
    same = run.invoke(app, ["cases", "recount", slug, "--home", str(office)])
    assert (same.exit_code, count.digest in same.stdout, "一致 (the same)" in same.stdout) == (0, True, True)
    a_ballot(made, 99, 2)
    other = run.invoke(app, ["cases", "recount", slug, "--home", str(office), "--json"])
    assert other.exit_code == 1
    told = json.loads(other.stdout)
    assert (told["digest"], told["equal"], told["ballots"]) == (count.digest, False, 5)
    wrong = run.invoke(app, ["cases", "recount", "no-such", "--home", str(office)])
    assert wrong.exit_code != 0
    assert slug in str(wrong.exception)
