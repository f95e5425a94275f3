"""`govgauge inspect`: vetoes, deductions and bonus of a judged site, by the rules it was judged by."""

import json
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from govgauge.scoring.deductions import Deduction
    from govgauge.scoring.inspection import Inspection
    from govgauge.scoring.scored import Points
    from govgauge.scoring.vetoes import VetoVerdict


def inspect(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="assess 写出的目录 (a folder written by assess).")],
    portal: Annotated[
        bool, typer.Option("--portal/--site", help="门户网站计扣分和加分，其他网站只看单项否决 (a portal, or not).")
    ] = True,
    services: Annotated[
        bool, typer.Option("--services/--no-services", help="有无公共服务职能 (whether the body has public services).")
    ] = True,
    taken: Annotated[
        list[str] | None, typer.Option("--taken", metavar="ID=N", help="人工核定的扣分 (points a person takes off).")
    ] = None,
    decided: Annotated[
        list[str] | None,
        typer.Option("--veto", metavar="ID=yes|no", help="人工核定的单项否决 (a veto decided by a person)."),
    ] = None,
    bonus: Annotated[str, typer.Option("--bonus", metavar="N", help="加分 (bonus points).")] = "0",
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False,
) -> None:
    """按检查规则得出结论：单项否决、扣分、折算、加分 (vetoes, deductions, re-scaling, bonus).

    Exits with 1 when the site fails.
    """
    from govgauge.assessment.written_results import read_frame, read_results
    from govgauge.scoring.deductions import deductions
    from govgauge.scoring.inspection import Verdict, by_vetoes
    from govgauge.scoring.inspection import inspect as inspected
    from govgauge.scoring.scored import Points
    from govgauge.scoring.vetoes import decide, judge
    from govgauge.systems import library

    frame, results = read_frame(folder), read_results(folder)
    rules = library.rule_set(frame.rules)
    by_hand = {name: _number(text, "--taken") for name, text in _pairs(taken, "--taken")}
    verdicts = decide(judge(rules, results, frame.subject.url), dict(_pairs(decided, "--veto")))
    found = deductions(rules, results, frame.subject.url, by_hand) if portal else []
    extra = _number(bonus, "--bonus")
    if portal and rules.flow is not None:
        ended = inspected(rules, verdicts, found, Points(extra, extra), services=services)
    else:
        ended = by_vetoes(verdicts)
    if as_json:
        print(json.dumps(_facts(frame.rules, ended, verdicts, found), ensure_ascii=False))
    else:
        _say(ended, verdicts, found)
    if ended.verdict is Verdict.FAILED:
        raise typer.Exit(1)


def _pairs(given: list[str] | None, option: str) -> list[tuple[str, str]]:
    from govgauge.errors import Unusable

    pairs = []
    for text in given or []:
        name, equals, value = text.partition("=")
        if not equals:
            raise Unusable(f"{option} {text}：应写成 编号=值，如 {option} C4-wrong=2 (write ID=VALUE).")
        pairs.append((name.strip(), value.strip()))
    return pairs


def _number(text: str, option: str) -> Fraction:
    from govgauge.errors import Unusable

    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        raise Unusable(f"{option}：“{text}”不是数，请填写分数 (not a number).") from None


def _say(ended: "Inspection", verdicts: "Sequence[VetoVerdict]", found: "Sequence[Deduction]") -> None:
    from govgauge.scoring.inspection import Verdict, said

    for verdict in verdicts:
        print(f"{verdict.id} {verdict.title}：{verdict.sentence}")
    if not ended.vetoes:
        for one in found:
            most = "不限" if one.high is None else said(one.high)
            points = said(one.low) if one.low == one.high else f"{said(one.low)} 至 {most}"
            print(f"{one.id} {one.title}：扣 {points} 分。{one.sentence}")
    for sentence in ended.sentences:
        print(sentence)
    words = {Verdict.PASSED: "合格。", Verdict.FAILED: "不合格。", Verdict.OPEN: "尚不能得出结论。"}
    print(f"结论：{words[ended.verdict]}")


def _facts(
    rules: str, ended: "Inspection", verdicts: "Sequence[VetoVerdict]", found: "Sequence[Deduction]"
) -> dict[str, object]:
    return {
        "rules": rules,
        "verdict": ended.verdict.value,
        "vetoes": [{"id": one.id, "hit": one.hit.value, "sentence": one.sentence} for one in verdicts],
        "deductions": [
            {
                "id": one.id,
                "group": one.group,
                "low": float(one.low),
                "high": None if one.high is None else float(one.high),
                "sentence": one.sentence,
            }
            for one in found
        ],
        "score": _points(ended.score),
        "bonus": _points(ended.bonus),
        "final": _points(ended.final),
        "sentences": list(ended.sentences),
    }


def _points(points: "Points | None") -> dict[str, float] | None:
    return None if points is None else {"low": float(points.low), "high": float(points.high)}
