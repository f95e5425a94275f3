"""Reading a written assessment back: its answers scored again, exactly, by the shares and weights that it holds.

What it says is explained as it was judged, also when the system has changed since.
"""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.outcomes import Outcome
from govgauge.scoring.answers import Answer
from govgauge.scoring.score import score
from govgauge.scoring.scored import Scored
from govgauge.systems.model import Check, Indicator, Method, Profile, Source, Status, System

CLOSE = 1e-6
"""Points by which the score may differ from the written one, which is a binary fraction."""

NamePath = tuple[str, str | None, str | None]


class WrittenCheck(Struct, frozen=True):
    """A check as `assessment.json` holds it."""

    id: str
    text: str
    share: Decimal
    method: Method
    audit: str | None
    outcome: Outcome
    value: Decimal | None
    findings: int = 0
    confirmed: bool = True
    source: str = ""
    reason: str = ""


class WrittenNode(Struct, frozen=True):
    """An indicator as `assessment.json` holds it; those of the lowest level have checks."""

    code: str
    path: NamePath
    weight: Decimal
    bonus: bool = False
    deduct: bool = False
    checks: tuple[WrittenCheck, ...] = ()


class WrittenPoints(Struct, frozen=True):
    """The range of the total."""

    low: float
    high: float


class WrittenAssessment(Struct, frozen=True):
    """The parts of `assessment.json` from which the score follows."""

    system: str
    profile: str
    total: WrittenPoints
    indicators: tuple[WrittenNode, ...]
    levels: tuple[WrittenNode, ...] = ()


class UnusableAssessment(Unusable):
    """An assessment that cannot be read back; the message names the file and the remedy."""


def read_scored(path: Path) -> Scored:
    """The score of a written assessment, computed again from the answers in it.

    Raises UnusableAssessment when the file cannot be read, or its total does not follow from its answers.
    """
    written = _read(path)
    answers = {check.id: _answer(check) for leaf in written.indicators for check in leaf.checks}
    scored = score(_system(written), written.profile, answers)
    off = max(abs(float(scored.total.low) - written.total.low), abs(float(scored.total.high) - written.total.high))
    if off > CLOSE:
        raise UnusableAssessment(
            f"{path}：其中的总分不能由其中的采集值和权重得出，文件可能被改过。请用 govgauge judge 重新判定后再看"
            " (the total does not follow from the answers; judge again)."
        )
    return scored


def _read(path: Path) -> WrittenAssessment:
    try:
        return msgspec.json.decode(path.read_bytes(), type=WrittenAssessment, strict=False)
    except OSError as error:
        raise UnusableAssessment(
            f"{path}：无法读取（{error.strerror}）。请给出 assess 写出的目录 (give a folder written by assess)."
        ) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnusableAssessment(f"{path}：已损坏（{error}）。请用 govgauge judge 重新判定 (damaged).") from None


def _answer(check: WrittenCheck) -> Answer:
    return Answer(
        outcome=check.outcome,
        value=check.value,
        source=check.source,
        findings=check.findings,
        confirmed=check.confirmed,
        reason=check.reason,
    )


def _system(written: WrittenAssessment) -> System:
    """The system as the assessment holds it: its tree in one profile."""
    tops = _children(written, ())
    bonus = sum((leaf.weight for leaf in written.indicators if leaf.bonus), Decimal(0))
    return System(
        id=written.system,
        year=0,
        table="",
        title=written.system,
        source=Source(""),
        status=Status.COMPLETE,
        profiles=(Profile(written.profile, written.profile),),
        full_marks=sum((leaf.weight for leaf in written.indicators), Decimal(0)),
        bonus_max=bonus,
        indicators=tops,
    )


def _children(written: WrittenAssessment, above: tuple[str, ...]) -> tuple[Indicator, ...]:
    """The nodes right below a path of names, in the order of the table."""
    depth = len(above) + 1
    leaves = [leaf for leaf in written.indicators if _names(leaf)[: depth - 1] == above]
    inner = {_names(node): node for node in written.levels}
    made: dict[tuple[str, ...], Indicator] = {}
    for leaf in leaves:
        names = _names(leaf)[:depth]
        if names not in made:
            made[names] = (
                _leaf(leaf, written.profile)
                if names == _names(leaf)
                else Indicator(code=inner[names].code, name=names[-1], children=_children(written, names))
            )
    return tuple(made.values())


def _names(node: WrittenNode) -> tuple[str, ...]:
    return tuple(name for name in node.path if name is not None)


def _leaf(leaf: WrittenNode, profile: str) -> Indicator:
    return Indicator(
        code=leaf.code,
        name=_names(leaf)[-1],
        weights={profile: leaf.weight},
        bonus=leaf.bonus,
        deduct=leaf.deduct,
        checks=tuple(_checks(leaf.checks)),
    )


def _checks(written: Iterable[WrittenCheck]) -> Iterable[Check]:
    for check in written:
        yield Check(id=check.id, text=check.text, share=check.share, method=check.method, audit=check.audit)
