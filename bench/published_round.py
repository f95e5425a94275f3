"""A whole round with synthetic answers, frozen and made public, as readers find it.

`python bench/published_round.py HOME [SUBJECTS] [--slug SLUG] [--year YEAR]` writes it into an office: the list of
2025, filled up with synthetic counties to so many subjects.
"""

import argparse
import random
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from msgspec import convert
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govgauge.office.lines import Line
    from govgauge.office.models import Publication, Round
    from govgauge.office.sheets import Found, Sheet
    from govgauge.systems.model import System

SHEETS = 60
"""Different sheets of one system and profile; subjects share them where there are more."""
BATCH = 500
OPEN, OF_SHEETS = 0.06, 0.2
"""Share of the checks that are open, and of the sheets in which any are."""
NOT_APPLICABLE, UNREACHABLE = 0.02, 0.01
CENT = Decimal("0.01")
LIST = "2025"


def main() -> int:
    """Write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path)
    parser.add_argument("subjects", type=int, nargs="?", default=0)
    parser.add_argument("--slug", default="2025")
    parser.add_argument("--year", type=int, default=2025)
    given = parser.parse_args()
    from govgauge.office.start import start

    start(given.home)
    made = publish(given.slug, given.year, given.subjects)
    print(f"{made} {made.subjects}")
    return 0


def publish(slug: str, year: int, count: int = 0) -> "Publication":
    """A public publication of a round of the list of 2025, filled up with synthetic counties to `count` subjects."""
    from govgauge.office.domain import publications, rounds
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.domain.entries import add
    from govgauge.office.queries.judged import tables_hash
    from govgauge.office.roster_lines import Choice, offer_of
    from govgauge.subjects.library import roster

    day = date(year, 11, 30)
    made = rounds.create(
        slug, f"{year} 年数字政府和政府网站评估（合成数据）", rules="inspection-2019", as_of=day, settings={}
    )
    listed = offer_of(roster(LIST), date(2025, 11, 30), Choice(), {}).lines
    add(made, [*_with_sites(listed), *_counties(count - len(listed))])
    _judge(made, random.Random(year))
    made.jobs.update(state="done")
    rounds.freeze(made)
    made.tables_hash = tables_hash(made)
    made.save(update_fields=["tables_hash"])
    return publications.publish(PROGRAM, publications.prepare(PROGRAM, made, issuer="评估办公室"))


def _with_sites(lines: "Iterable[Line]") -> "Iterator[Line]":
    """Every subject with a site of its own: the list tells no addresses."""
    numbers: dict[str, int] = {}
    for line in lines:
        number = numbers.setdefault(line.key, len(numbers))
        yield replace(line, url=f"https://www.s{number}.test/")


def _counties(count: int) -> "Iterator[Line]":
    from govgauge.office.lines import Line

    for number in range(max(0, count)):
        parent, url = f"第{number % 31}省", f"https://www.c{number}.test/"
        yield Line(0, f"第{number}县", parent, "county", url, "2025-county", "county", region=parent)


def _judge(made: "Round", draw: random.Random) -> None:
    """A judgement for every entry, better or worse by chance."""
    from govgauge.office import sheets
    from govgauge.office.models import Judgement, Result
    from govgauge.systems import library

    known: dict[tuple[str, str], list[tuple[sheets.Sheet, sheets.Packed]]] = {}
    entries = list(made.entries.order_by("id"))
    for start in range(0, len(entries), BATCH):
        judgements, results = [], []
        for entry in entries[start : start + BATCH]:
            of_kind = known.setdefault((entry.system, entry.profile), [])
            if len(of_kind) < SHEETS:
                sheet = _sheet(library.system(entry.system), entry.profile, draw)
                of_kind.append((sheet, sheets.packed(sheet)))
                which = -1
            else:
                which = draw.randrange(len(of_kind))
            sheet, kept = of_kind[which]
            low, high = repr(sheet.total.low), repr(sheet.total.high)
            judgements.append(
                Judgement(entry=entry, number=1, cause="采集", low=low, high=high, digest=kept.digest, body=kept.body)
            )
            results.append(
                Result(
                    entry=entry,
                    evidence=f"evidence/{made.slug}/{entry.id}/1",
                    home_ok=sheet.visit.home_ok,
                    pages=sheet.visit.pages,
                    findings=len(sheet.findings),
                    low=Decimal(f"{sheet.base.low:.6f}"),
                    high=Decimal(f"{sheet.base.high:.6f}"),
                    answered=Decimal(f"{sheet.base_coverage.weight_answered:.6f}"),
                    digest=kept.digest,
                )
            )
        Judgement.objects.bulk_create(judgements)
        Result.objects.bulk_create(results)


def _sheet(system: "System", profile: str, draw: random.Random) -> "Sheet":
    """A site of some quality: most checks answered, a few open or not applicable, some findings."""
    from govgauge.office.sheets import Home, Sheet
    from govgauge.outcomes import Outcome
    from govgauge.scoring.answers import Answer
    from govgauge.scoring.score import score
    from govgauge.scoring.scored_json import scored_json

    quality, still_open = draw.betavariate(4, 3), OPEN * (draw.random() < OF_SHEETS)
    answers, findings = {}, []
    for check in system.checks():
        chance = draw.random()
        if not check.asked_in(profile) or chance < still_open:
            continue
        if chance < still_open + NOT_APPLICABLE:
            answers[check.id] = Answer(outcome=Outcome.NOT_APPLICABLE, value=None, source="audit:x@1")
            continue
        value = Decimal(draw.choices((0, 1, round(draw.random(), 2)), (1 - quality, quality, 0.4))[0]).quantize(CENT)
        outcome = Outcome.PASS if value == 1 else Outcome.FAIL if value == 0 else Outcome.PARTIAL
        answers[check.id] = Answer(outcome=outcome, value=value, source=f"audit:{check.audit or 'x'}@1")
        if check.audit == "broken-link" and value < 1:
            findings += [_found(number) for number in range(draw.randrange(1, 30))]
    told = {
        **scored_json(score(system, profile, answers)),
        "vetoes": [],
        "visit": Home(home_ok=draw.random() > UNREACHABLE, home_failure="", pages=draw.randrange(50, 3000)),
    }
    return replace(convert(told, Sheet), findings=tuple(findings))


def _found(number: int) -> "Found":
    from govgauge.office.sheets import Found

    address = f"http://www.s.test/zwgk/{number}.html"
    facts = {"status": 404, "text": "坏链"}
    return Found(
        audit="broken-link",
        page=address,
        target=f"{address}x",
        slug="status",
        data=facts,
        excerpt="附件下载",
        sha256="0" * 64,
        confirmed=True,
    )


if __name__ == "__main__":
    sys.exit(main())
