"""What a round rests on: frozen as text with hashes, used from there, and held against what there is now."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import msgspec
from django.db import transaction
from msgspec import Struct

from govgauge import __version__
from govgauge.audits.catalogue import all_audits
from govgauge.errors import Unusable
from govgauge.office.domain.acting import noted_by_command
from govgauge.office.models import FrozenInput, InputKind, Round, RoundState
from govgauge.office.queries import columns_watched
from govgauge.office.queries.entry_names import Names
from govgauge.office.queries.people_answers import digests
from govgauge.office.queries.watched import to_freeze
from govgauge.systems import library
from govgauge.systems.canonical import dumped
from govgauge.systems.change_text import sentence
from govgauge.systems.model import System
from govgauge.systems.rules import RuleSet
from govgauge.systems.versions import changes_between

Name = tuple[InputKind, str]
Bodies = Mapping[Name, str]
MOST_TOLD = 5
"""Changes of one input that are told one by one."""
WHOLE = "all"
"""Name of an input of which a round has one."""
_ENCODER = msgspec.json.Encoder(decimal_format="number", order="sorted")
COLLECTED = (InputKind.ANSWERS, InputKind.AVAILABILITY, InputKind.COLUMNS)
"""What comes in while a round goes on."""
WATCHED = (InputKind.AVAILABILITY, InputKind.COLUMNS)
"""What programs watch, and go on watching."""
USED_AS_FROZEN = frozenset({InputKind.SYSTEM, InputKind.RULES})
"""Inputs that are read from their frozen text, so that changes of the library do not matter."""
REMEDIES = {
    InputKind.SUBJECTS: "采集和结果表以现在的名单为准；变化无误请再次运行 round freeze --inputs，否则请改回",
    InputKind.SYSTEM: "本轮仍按冻结的指标体系计分；想知道改用新的会怎样，请用 round recompute --with system=标识",
    InputKind.RULES: "本轮仍按冻结的规则判定；想知道改用新的会怎样，请用 round recompute --with rules=标识",
    InputKind.AUDITS: "请用冻结时的程序，或先用 round recompute 看谁的结果会变",
    InputKind.PROGRAM: "请用冻结时的程序，或先用 round recompute 看谁的结果会变",
    InputKind.SETTINGS: "请改回原来的设置，或再次运行 round freeze --inputs",
    InputKind.POLICY: "请改回原来的办法，或再次运行 round freeze --inputs",
    InputKind.ANSWERS: "冻结后答案不应再变；请查操作记录，或从备份恢复",
}

FIXED = "冻结后不应再变；请查操作记录，或从备份恢复"
"""What to do in a frozen round about what tables are made from as it is now."""
MADE_FROM = frozenset({InputKind.SUBJECTS, InputKind.SETTINGS, InputKind.POLICY})


class Basis(Struct, frozen=True):
    """The system and the rule set by which an entry is judged and scored."""

    system: System
    rules: RuleSet


class Difference(Struct, frozen=True, kw_only=True):
    """An input that is not what it was when it was frozen, in sentences: what, before and now, and what to do."""

    kind: InputKind
    name: str
    what: tuple[str, ...]
    remedy: str

    def said(self) -> str:
        named = "" if self.name == WHOLE else f" {self.name}"
        return f"{self.kind.label}{named} 已与冻结时不同：{'；'.join(self.what)}。{self.remedy}。"


@transaction.atomic
def freeze_inputs(round_: Round) -> str:
    """Keep what the round rests on now; returns the hash over all. A frozen round stays as it is: raises Unusable."""
    locked = Round.objects.select_for_update().get(id=round_.id)
    if locked.state == RoundState.FROZEN:
        raise Unusable(f"“{round_.slug}”已冻结，输入不能再变 (the round is frozen).")
    need_subjects(locked)
    bodies = current(locked)
    FrozenInput.objects.filter(round=locked).delete()
    FrozenInput.objects.bulk_create(
        FrozenInput(round=locked, kind=kind, name=name, sha256=_sha256(body), body=body)
        for (kind, name), body in bodies.items()
    )
    was, locked.inputs_hash = locked.inputs_hash, hash_of(bodies)
    locked.save(update_fields=["inputs_hash"])
    round_.inputs_hash = locked.inputs_hash
    noted_by_command("round.freeze-inputs", locked, {"inputs_hash": was}, {"inputs_hash": locked.inputs_hash})
    return locked.inputs_hash


def is_list_frozen(round_: Round) -> bool:
    """Whether the list was frozen with the other inputs, and the round goes on."""
    return bool(round_.inputs_hash) and round_.state != RoundState.FROZEN


def need_subjects(round_: Round) -> None:
    """Raises Unusable for a round that nobody is in: there is nothing to visit, to watch or to freeze."""
    if not round_.entries.exists():
        raise Unusable(
            f"“{round_.slug}”里还没有评估对象；请先加入名单：round add {round_.slug} 名单.xlsx，"
            f"或 round add {round_.slug} --list 2025 (nobody is in the round yet)."
        )


def need_unfrozen(round_: Round) -> None:
    """Raises Unusable when subjects are to change though the list was frozen with the other inputs."""
    if is_list_frozen(round_):
        raise Unusable(
            f"“{round_.slug}”的输入已经冻结，名单不应再变；确要改变请加 --anyway，"
            f"改后再运行 round freeze {round_.slug} --inputs 固定新的名单 (the inputs are frozen; use --anyway)."
        )


@transaction.atomic
def freeze_collected(round_: Round) -> str:
    """Keep the answers of people that are accepted now, and what the probes say, beside what was frozen before; returns
    the hash over all.

    Both come in after the other inputs were frozen: only the end of the round fixes them.
    """
    FrozenInput.objects.filter(round=round_, kind__in=COLLECTED).delete()
    collected = (digests(round_), to_freeze(round_), columns_watched.to_freeze(round_))
    for kind, facts in zip(COLLECTED, collected, strict=True):
        if facts:
            body = _text(facts)
            FrozenInput.objects.create(round=round_, kind=kind, name=WHOLE, sha256=_sha256(body), body=body)
    round_.inputs_hash = hash_of(kept(round_))
    round_.save(update_fields=["inputs_hash"])
    return round_.inputs_hash


def current(round_: Round) -> dict[Name, str]:
    """What the round rests on now, as canonical texts, in one order."""
    entries = [list(entry) for entry in sorted(round_.entries.values_list(*ENTRY))]
    settings = {key: value for key, value in round_.settings.items() if key != "policy"}
    facts = {"settings": settings, "as_of": round_.as_of.isoformat(), "rules": round_.rules}
    bodies = {
        (InputKind.SUBJECTS, WHOLE): _text(entries),
        (InputKind.RULES, round_.rules): _encoded(library.rule_set(round_.rules)),
        (InputKind.AUDITS, WHOLE): _text({name: audit.meta.version for name, audit in all_audits().items()}),
        (InputKind.SETTINGS, WHOLE): _text(facts),
        (InputKind.POLICY, WHOLE): _text(round_.settings.get("policy", {})),
        (InputKind.PROGRAM, WHOLE): _text(__version__),
    }
    if answers := digests(round_):
        bodies[InputKind.ANSWERS, WHOLE] = _text(answers)
    for name in {entry[ENTRY.index("system")] for entry in entries}:
        bodies[InputKind.SYSTEM, name] = _encoded(library.system(name))
    return dict(sorted(bodies.items()))


def kept(round_: Round) -> dict[Name, str]:
    """What the round was frozen with; empty where it was not."""
    rows = FrozenInput.objects.filter(round=round_).values_list("kind", "name", "body")
    return dict(sorted(((InputKind(kind), name), body) for kind, name, body in rows))


def hash_of(bodies: Bodies) -> str:
    """SHA-256 over the kinds, names and hashes of some inputs."""
    lines = "".join(f"{kind.value} {name} {_sha256(body)}\n" for (kind, name), body in sorted(bodies.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def damaged(round_: Round) -> list[str]:
    """A sentence for each kept text that is not what its hash says, and for a whole that is not."""
    rows = list(FrozenInput.objects.filter(round=round_))
    told = [
        f"冻结的{row.get_kind_display()} {row.name} 与其校验值不符，记录被改动过；请从备份恢复 (altered)."
        for row in rows
        if _sha256(row.body) != row.sha256
    ]
    if rows and not told and hash_of(kept(round_)) != round_.inputs_hash:
        told.append("冻结的输入有缺失或增加，与总校验值不符；请从备份恢复 (inputs are missing).")
    return told


def differences(round_: Round) -> list[Difference]:
    """In what the round's inputs differ now from what was frozen; none where nothing was."""
    before = kept(round_)
    if not before:
        return []
    now = current(round_)
    found = []
    for kind, name in sorted({**before, **now}):
        if kind in WATCHED or (kind is InputKind.ANSWERS and round_.state != RoundState.FROZEN):
            continue  # answers come in until the end; probes go on, and the frozen ones count
        what = _changes(kind, before.get((kind, name)), now.get((kind, name)))
        if what:
            is_fixed = kind in MADE_FROM and round_.state == RoundState.FROZEN
            remedy = FIXED if is_fixed else REMEDIES[kind]
            found.append(Difference(kind=kind, name=name, what=tuple(what), remedy=remedy))
    return found


def basis_of(round_: Round, system: str) -> Basis | None:
    """The frozen system and rules of a round; None where they were not frozen. Asks no database where it knows them."""
    if not round_.inputs_hash:
        return None
    bodies = {(row.kind, row.name): row.body for row in round_.inputs.all()}
    chosen, rules = bodies.get((InputKind.SYSTEM, system)), bodies.get((InputKind.RULES, round_.rules))
    return None if chosen is None or rules is None else Basis(_system(chosen), _rules(rules))


def systems_of(round_: Round, names: Iterable[str]) -> dict[str, System]:
    """The systems by which a round is scored: as they were frozen, else those of the library."""
    rows = FrozenInput.objects.filter(round=round_, kind=InputKind.SYSTEM).values_list("name", "body")
    frozen = {name: _system(body) for name, body in rows}
    return {name: frozen.get(name) or library.system(name) for name in sorted(set(names))}


def rules_of(round_: Round) -> RuleSet:
    """The rules by which a round is judged: as they were frozen, else those of the library."""
    rows = FrozenInput.objects.filter(round=round_, kind=InputKind.RULES, name=round_.rules)
    body = rows.values_list("body", flat=True).first()
    return library.rule_set(round_.rules) if body is None else _rules(body)


ENTRY = ("key", "group", "region", "url", "system", "profile", "standing", "became")
HEADINGS = ("路径", "组", "地区", "网站", "指标体系", "权重档", "在册", "并入")


def _changes(kind: InputKind, before: str | None, now: str | None) -> list[str]:
    if before == now:
        return []
    if before is None or now is None:
        return ["冻结时没有，现在有" if before is None else "冻结时有，现在没有"]
    told = list(_of_kind(kind, before, now)) or ["内容不同"]
    rest = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], f"另有 {rest} 处"] if rest > 0 else told


def _of_kind(kind: InputKind, before: str, now: str) -> Iterator[str]:
    match kind:
        case InputKind.SYSTEM:
            yield from map(sentence, changes_between(_system(before), _system(now)))
        case InputKind.SUBJECTS:
            yield from _of_subjects(*_by_name(json.loads(before), json.loads(now)))
        case InputKind.ANSWERS:
            one, other = json.loads(before), json.loads(now)
            yield from (f"{key} 的答案" for key in sorted({**one, **other}) if one.get(key) != other.get(key))
        case InputKind.PROGRAM:
            yield f"{json.loads(before)} → {json.loads(now)}"
        case InputKind.RULES:
            one, other = _rules_by_id(before), _rules_by_id(now)
            yield from (f"规则 {name}" for name in sorted({**one, **other}) if one.get(name) != other.get(name))
        case _:
            yield from _of_values(json.loads(before), json.loads(now))


def _by_name(*bodies: list[list[str]]) -> list[dict[str, list[str]]]:
    """Subjects by their names, with the system where one of the texts has a subject in several."""
    several = frozenset[str]().union(*(Names.among(entry[0] for entry in body).several for body in bodies))
    return [{Names(several).of(entry[0], entry[4]): entry for entry in body} for body in bodies]


def _of_subjects(before: dict[str, list[str]], now: dict[str, list[str]]) -> Iterator[str]:
    for key in sorted({**before, **now}):
        one, other = before.get(key), now.get(key)
        if one is None or other is None:
            yield f"{key}：冻结时{'没有，现在有' if one is None else '有，现在没有'}"
            continue
        fields = zip(HEADINGS, one, other, strict=True)
        told = [f"{heading} {old or '（无）'} → {new or '（无）'}" for heading, old, new in fields if old != new]
        if told:
            yield f"{key}：{'，'.join(told)}"


def _of_values(before: dict[str, object], now: dict[str, object]) -> Iterator[str]:
    for name in sorted({**before, **now}):
        one, other = before.get(name), now.get(name)
        if one != other:
            yield f"{name}：{_said(one)} → {_said(other)}"


def _said(value: object) -> str:
    return "（无）" if value is None else _text(value)


def _rules_by_id(body: str) -> dict[str, str]:
    return {rule.id: _encoded(rule) for rule in _rules(body).rules}


@lru_cache(maxsize=64)
def _system(body: str) -> System:
    return msgspec.json.decode(body, type=System)


@lru_cache(maxsize=16)
def _rules(body: str) -> RuleSet:
    return msgspec.json.decode(body, type=RuleSet)


def _encoded(value: Struct) -> str:
    return _ENCODER.encode(value).decode()


def _text(value: object) -> str:
    return dumped(value).decode()


def _sha256(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()
