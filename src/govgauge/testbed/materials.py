"""Materials of rounds that never were: the real list of a year, with drawn answers, in the form of a publication.

The same seed gives the same folder. Some answers are open, some do not apply, some subjects were not reached, some are
vetoed, some are equal; one has a name of 40 characters. Points follow from the answers by the rules of scoring.
"""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path

import polars as pl
from msgspec import Struct
from msgspec.structs import replace

from govgauge.analysis.agreement import Scale, agreement
from govgauge.outcomes import Outcome
from govgauge.reports.about import (
    About,
    ChosenCase,
    Collected,
    GroupFacts,
    IndicatorAgreement,
    Remedied,
    Shows,
    StageDays,
    write_about,
)
from govgauge.scoring.answers import Answer
from govgauge.scoring.ranks import grade, ranks, rounded
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.subjects.library import roster
from govgauge.subjects.model import Subject
from govgauge.subjects.roster import assessed_by
from govgauge.systems import library
from govgauge.systems.model import Check, Method, System
from govgauge.systems.ranking import OrderInGrade, Ranking
from govgauge.testbed.material_columns import SCHEMAS

LIST = "2025"
DAY = date(2025, 11, 30)
LONG_NAME = "延边朝鲜族自治州珲春海洋经济发展示范区暨图们江区域合作开发管理委员会办公室门户网站"
"""40 characters, as long as names of bodies get."""
OPEN_SHARE, OPEN_SUBJECTS, OUT_SHARE = 0.05, 0.12, 0.02
UNREACHABLE, VETOED = 0.008, 0.01
EASE = {Method.AUTO: 0.06, Method.ASSISTED: 0.0, Method.MANUAL: -0.03, Method.FIELD: -0.12, Method.EXPERT: -0.18}
FINDINGS_AUDITS = ("broken-link", "column-stale", "wrong-word")


class Wanted(Struct, frozen=True):
    """One subject of a material: who, in which group; `twin` shares its answers with all of the same word."""

    name: str
    parent: str
    region: str
    group: str
    system: str
    profile: str
    twin: str = ""


def of_list(groups: Sequence[str] = (), most: int = 0) -> list[Wanted]:
    """The subjects of the real list, all groups or some of them, at most so many of each group."""
    listed = roster(LIST)
    found: list[Wanted] = []
    counts: dict[str, int] = defaultdict(int)
    for group in listed.groups:
        if groups and group.id not in groups:
            continue
        for subject in listed.subjects:
            by = assessed_by(listed, group.id)
            if group.id not in subject.groups or by is None or (most and counts[group.id] >= most):
                continue
            counts[group.id] += 1
            found.append(_wanted(subject, group.id, *by))
    return found


def _wanted(subject: Subject, group: str, system: str, profile: str) -> Wanted:
    return Wanted(subject.name, subject.parent, subject.region, group, system, profile)


def peculiar(wanted: Sequence[Wanted], tied: int = 30) -> list[Wanted]:
    """The same with a subject of a long name and so many equals in the group with most subjects."""
    sizes: dict[str, int] = defaultdict(int)
    for each in wanted:
        sizes[each.group] += 1
    largest = max(sizes, key=lambda group: sizes[group])
    places = [place for place, each in enumerate(wanted) if each.group == largest]
    made = list(wanted)
    for place in places[1 : tied + 1]:
        each = made[place]
        made[place] = Wanted(**{name: getattr(each, name) for name in each.__struct_fields__} | {"twin": "equal"})
    first = made[places[0]]
    made[places[0]] = Wanted(LONG_NAME, first.parent, first.region, first.group, first.system, first.profile)
    return made


def write_material(
    folder: Path,
    wanted: Iterable[Wanted],
    *,
    seed: int = 1,
    year: int = 2025,
    number: int = 1,
    shows: Shows | None = None,
    previous: str = "",
    lift: float = 0.0,
) -> Path:
    """Write a publication's folder and give it back. `lift` makes every answer that much likelier to be good."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = list(wanted)
    systems = {name: library.system(name) for name in dict.fromkeys(each.system for each in wanted)}
    drawn = [_drawn(each, systems[each.system], seed, year, lift) for each in wanted]
    tables: dict[str, list[dict[str, object]]] = {"results": [], "indicators": [], "checks": [], "findings": []}
    places = _places(wanted, drawn, systems)
    for place, (each, made) in enumerate(zip(wanted, drawn, strict=True)):
        tables["results"].append(_result(each, made, systems[each.system].ranking, places.get(place, {})))
        tables["indicators"] += _indicators(each, made)
        tables["checks"] += _checks(each, made)
        tables["findings"] += _findings(each, made, seed)
    for name, rows in tables.items():
        pl.DataFrame(rows, schema=SCHEMAS[name]).write_parquet(folder / f"{name}.parquet")
    judged = sum(row["state"] == "judged" for row in tables["results"])
    about = _about(wanted, systems, year=year, number=number, judged=judged)
    write_about(replace(about, shows=shows or Shows(), previous=previous), folder)
    return folder


class Drawn(Struct, frozen=True):
    """What was drawn for a subject; `scored` is None where the site was not reached."""

    scored: Scored | None
    vetoes: tuple[str, ...]
    findings: int


def _drawn(each: Wanted, system: System, seed: int, year: int, lift: float) -> Drawn:
    word = each.twin or f"{each.group}/{each.parent}/{each.name}"
    steady = random.Random(f"{seed}/{word}/{system.id}")
    draw = random.Random(f"{seed}/{year}/{word}/{system.id}")
    if not each.twin and draw.random() < UNREACHABLE:
        return Drawn(None, (), 0)
    quality = min(0.97, max(0.08, steady.betavariate(5, 3.2) + lift + draw.gauss(0, 0.03)))
    still_open = OPEN_SHARE if not each.twin and draw.random() < OPEN_SUBJECTS else 0.0
    answers = {
        check.id: answer
        for check in system.checks()
        if check.asked_in(each.profile) and (answer := _answer(check, quality, still_open, draw, seed))
    }
    vetoes = ("V4",) if not each.twin and draw.random() < VETOED else ()
    return Drawn(score(system, each.profile, answers), vetoes, draw.randrange(0, 6))


def _answer(check: Check, quality: float, still_open: float, draw: random.Random, seed: int) -> Answer | None:
    chance = draw.random()
    if chance < still_open:
        return None
    source = f"audit:{check.audit}@1" if check.audit else "person:1"
    if chance < still_open + OUT_SHARE:
        return Answer(outcome=Outcome.NOT_APPLICABLE, value=None, source=source)
    wish = quality + _ease(seed, check.id, check.text) + EASE.get(check.method, 0.0)
    value = draw.choices(("1", "0", "0.5", "0.75"), (max(0.02, wish), max(0.02, 1 - wish), 0.15, 0.1))[0]
    outcome = Outcome.PASS if value == "1" else Outcome.FAIL if value == "0" else Outcome.PARTIAL
    return Answer(outcome=outcome, value=Decimal(value), source=source)


@cache
def _ease(seed: int, check: str, text: str) -> float:
    """How much easier or harder than others a check is for everybody."""
    return random.Random(f"{seed}/{check}/{text}").gauss(0, 0.22)


def _places(
    wanted: Sequence[Wanted], drawn: Sequence[Drawn], systems: dict[str, System]
) -> dict[int, dict[str, object]]:
    """Ranks and grades within each group, by the points that are sure."""
    members: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for place, (each, made) in enumerate(zip(wanted, drawn, strict=True)):
        if made.scored is not None:
            members[each.group, each.system, each.profile].append(place)
    found: dict[int, dict[str, object]] = {}
    for (_, system, _), those in members.items():
        ranking = systems[system].ranking
        totals = [(place, scored.total) for place in those if (scored := drawn[place].scored) is not None]
        lows, highs = [total.low for _, total in totals], [total.high for _, total in totals]
        told = not (ranking.grades and ranking.order_in_grade is OrderInGrade.DIVISION)
        for (place, total), rank in zip(totals, ranks(lows, ranking), strict=True):
            first, last = grade(total.low, ranking), grade(total.high, ranking)
            found[place] = {
                "rank": rank.label if told else "",
                "rank_best": float(1 + sum(low > total.high for low in lows)),
                "rank_worst": float(sum(high > total.low for high in highs) + (total.high <= total.low)),
                "grade": first if first == last else "",
                "grade_low": first,
                "grade_high": last,
            }
    return found


def _result(each: Wanted, made: Drawn, ranking: Ranking, place: dict[str, object]) -> dict[str, object]:
    scored = made.scored
    row: dict[str, object] = {**_who(each), "url": "", "became": "", "region": each.region, "unranked": ""}
    if scored is None:
        return {**row, "state": "unreachable", "home_ok": False, "vetoes": "[]", "unranked": "首页未能打开，不排名"}
    weight, answered = scored.base_coverage.weight_total, scored.base_coverage.weight_answered
    return {
        **row,
        "state": "judged",
        "home_ok": True,
        "pages": 800.0,
        "findings": float(made.findings),
        "low": float(scored.base.low),
        "high": float(scored.base.high),
        "answered": float(answered),
        "vetoes": json.dumps(made.vetoes),
        "digest": "",
        "total_low": float(rounded(Fraction(scored.total.low), ranking)),
        "total_high": float(rounded(Fraction(scored.total.high), ranking)),
        "weight": float(weight),
        "coverage": round(float(answered / weight), 4) if weight else 0.0,
        **place,
    }


def _who(each: Wanted) -> dict[str, object]:
    return {
        "parent": each.parent,
        "name": each.name,
        "group": each.group,
        "system": each.system,
        "profile": each.profile,
    }


def _indicators(each: Wanted, made: Drawn) -> Iterable[dict[str, object]]:
    for leaf in made.scored.leaves() if made.scored else ():
        path = [*leaf.path, None, None, None][:3]
        yield {
            **_who(each),
            "code": leaf.code,
            **{f"level{level}": name or "" for level, name in enumerate(path, start=1)},
            **{name: _number(getattr(leaf, name)) for name in ("weight", "effective_weight", "index", "score")},
            "low": _number(leaf.low),
            "high": _number(leaf.high),
        }


def _checks(each: Wanted, made: Drawn) -> Iterable[dict[str, object]]:
    for leaf in made.scored.leaves() if made.scored else ():
        for check in leaf.checks:
            yield {
                **_who(each),
                "indicator": leaf.code,
                "check": check.id,
                "text": check.text,
                "method": check.method.value,
                "audit": check.audit or "",
                "outcome": check.outcome.value,
                "value": _number(check.value),
                "weight": _number(check.weight),
                "low": _number(check.low),
                "high": _number(check.high),
                "findings": 0.0,
                "answered": check.answered,
                "confirmed": check.confirmed,
                "source": check.source,
                "reason": check.reason,
            }


def _findings(each: Wanted, made: Drawn, seed: int) -> Iterable[dict[str, object]]:
    draw = random.Random(f"{seed}/findings/{each.group}/{each.name}")
    for number in range(made.findings):
        page = f"https://www.s.test/{number}.html"
        yield {
            **{
                name: value
                for name, value in _who(each).items()
                if name in {"parent", "name", "group", "system", "profile"}
            },
            "audit": draw.choice(FINDINGS_AUDITS),
            "page": page,
            "target": f"{page}x",
            "slug": "status",
            "sentence": "链接打不开",
            "data": "{}",
            "excerpt": "附件",
            "confirmed": True,
            "sha256": "0" * 64,
        }


def _number(value: Fraction | Decimal | float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _about(
    wanted: Sequence[Wanted],
    systems: dict[str, System],
    *,
    year: int,
    number: int,
    judged: int,
) -> About:
    listed = {group.id: group for group in roster(LIST).groups}
    kinds = list(dict.fromkeys((each.group, each.system, each.profile) for each in wanted))
    groups = []
    for group, system, profile in kinds:
        known = listed.get(group)
        around = listed.get(known.within) if known else None
        groups.append(
            GroupFacts(group, known.title if known else group, system, profile, around.title if around else "")
        )
    return About(
        round=str(year),
        title=f"{year} 年数字政府服务能力和政府网站评估（模拟数据）",
        number=number,
        as_of=date(year, 11, 30),
        prepared_on=date(year, 12, 20),
        tables_hash="0" * 64,
        inputs_hash="1" * 64,
        program="0.1.0",
        rules="inspection-2019",
        systems=systems,
        rankings={name: system.ranking for name, system in systems.items()},
        groups=tuple(groups),
        stages=(
            StageDays("indicators", "指标制订与征求意见", date(year, 3, 1), date(year, 9, 30)),
            StageDays("collection", "数据采集", date(year, 8, 1), date(year, 11, 30)),
            StageDays("publication", "结果发布", date(year, 12, 15), date(year, 12, 31)),
        ),
        collected=Collected(
            visits=len(wanted),
            pages=800 * judged,
            people=24,
            assignments=3 * len(wanted),
            doubled=len(wanted) // 5,
            disputes=len(wanted) // 40,
            field_tests=len(wanted) // 2,
            objections=len(wanted) // 100,
            upheld=len(wanted) // 250,
            agreement=agreement(_coded(len(wanted)), Scale.INTERVAL, seed=str(year)),
            by_indicator=tuple(
                IndicatorAgreement(name, agreement(_coded(len(wanted), name), Scale.INTERVAL, runs=0))
                for name in ("智能搜索", "智能问答", "政策解读")
            ),
        ),
        remedied=Remedied(
            sent=len(wanted), open=len(wanted) // 5, closed=len(wanted) - len(wanted) // 5, in_time=len(wanted) // 2
        ),
        cases=tuple(
            ChosenCase(
                number=str(place),
                name=f"“搜问一体”服务实践（{'甲乙丙丁戊己'[place - 1]}）",
                owner=each.name,
                family="政府网站类",
                category="智能搜索与问答" if place % 2 else "资源汇聚与融合应用",
                region=each.region,
                reason="模拟的评审意见",
                place=place,
            )
            for place, each in enumerate(wanted[:6], start=1)
        ),
        cases_nominated=len(wanted) // 10,
        issuer="评估办公室（模拟）",
    )


def _coded(count: int, word: str = "") -> list[tuple[float, float]]:
    """Pairs of answers of two coders, who mostly agree."""
    draw = random.Random(f"coded/{count}/{word}")
    firsts = [draw.choice((0.0, 0.5, 1.0)) for _ in range(max(10, count // 4))]
    return [(first, first if draw.random() < 0.92 else draw.choice((0.0, 0.5, 1.0))) for first in firsts]
