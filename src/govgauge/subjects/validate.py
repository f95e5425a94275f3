"""What makes a list unusable: each fault with its place, in the order of the list."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from govgauge.subjects.addresses import site_identity
from govgauge.subjects.keys import SEPARATOR
from govgauge.subjects.model import Channel, Group, Outlet, Roster, Subject
from govgauge.subjects.periods import Holders, spoken

LIST_MARK = "；"
"""Between several names in one cell of a table."""
DEEPEST = 8
"""Levels above a body; administration has five."""
LONGEST = 1000
"""Signs of one value; the longest name in the lists has 20."""
CODE = re.compile(r"\d{6}")
UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Signs that no name has and not every table can hold."""


class Part(Struct, frozen=True):
    """Where a fault lies: in which subject or outlet, by its position in the list."""

    of: str
    """`subject`, `outlet` or `group`."""
    index: int
    field: str


class Fault(Struct, frozen=True):
    """What is wrong with a field, and what to do."""

    part: Part
    what: str
    remedy: str

    def sentence(self) -> str:
        return f"{self.what}。{self.remedy}。"


def faults(roster: Roster) -> list[Fault]:
    """Every fault of a list; of several with one key or one site the first is taken as right."""
    return [*_group_faults(roster.groups), *_subject_faults(roster), *_outlet_faults(roster)]


def _group_faults(groups: tuple[Group, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, group in enumerate(groups):
        if not group.id or group.id in seen:
            yield Fault(Part("group", index, "id"), f"组标识“{group.id}”为空或重复", "请改为未用过的标识")
        if group.within and group.within not in seen:
            yield Fault(
                Part("group", index, "within"), f"组“{group.id}”的上层组“{group.within}”不在它之前", "请先列上层组"
            )
        seen.add(group.id)


def _subject_faults(roster: Roster) -> Iterator[Fault]:
    known = {subject.key for subject in roster.subjects}
    groups = {group.id for group in roster.groups}
    first: dict[str, int] = {}
    codes: dict[str, Holders] = {}
    for index, subject in enumerate(roster.subjects):
        key = subject.key
        for field, what, remedy in _own_faults(subject):
            yield Fault(Part("subject", index, field), what, remedy)
        if key in first:
            yield Fault(Part("subject", index, "name"), f"“{key}”列了两次", "请删去一行，或写明各自的上级以示区别")
        first.setdefault(key, index)
        if subject.parent and subject.parent not in known:
            yield Fault(
                Part("subject", index, "parent"),
                f"“{subject.name}”的上级“{subject.parent}”不在名单中",
                "请先列入上级，或更正其名称",
            )
        for group in subject.groups:
            if group not in groups:
                listed = "、".join(sorted(groups)) or "（无）"
                yield Fault(
                    Part("subject", index, "groups"),
                    f"“{subject.name}”的组“{group}”未定义",
                    f"请改为下列之一：{listed}",
                )
        for before in subject.before:
            if before not in known or before == key:
                yield Fault(
                    Part("subject", index, "before"),
                    f"“{subject.name}”的前身“{before}”不在名单中或就是它自己",
                    "请把前身列入名单，并写明撤销日期",
                )
        if subject.code:
            yield from _code_taken(index, subject, codes)


def _own_faults(subject: Subject) -> Iterator[tuple[str, str, str]]:
    """Field, what and remedy, as far as a subject alone tells."""
    name = subject.name
    if not name.strip():
        yield "name", "没有名称", "请写上名称"
    if SEPARATOR in name:
        yield "name", f"名称“{name}”中有“/”，它用来分隔上下级", "请删去“/”"
    if subject.parent.count(SEPARATOR) >= DEEPEST:
        yield "parent", f"“{name}”的上级超过 {DEEPEST} 层", "请核对上级一列"
    texts = (
        ("name", (name,)),
        ("full_name", (subject.full_name,)),
        ("aliases", subject.aliases),
        ("region", (subject.region,)),
        ("groups", subject.groups),
    )
    for field, values in texts:
        for value in values:
            yield from _text_faults(field, value, name)
    for field, values in (("aliases", subject.aliases), ("groups", subject.groups), ("before", subject.before)):
        if any(LIST_MARK in value or ";" in value or not value.strip() for value in values):
            yield field, f"“{name}”的一项为空或含有分号", "请删去空项；分号只用来分隔各项"
    if subject.code and not CODE.fullmatch(subject.code):
        yield "code", f"“{name}”的区划代码“{subject.code}”不是六位数字", "请写六位数字，没有时留空"
    yield from _period_faults(name, subject.since, subject.until)


def _text_faults(field: str, value: str, name: str) -> Iterator[tuple[str, str, str]]:
    if UNFIT.search(value):
        yield field, f"“{UNFIT.sub('□', name)}”一行中有换行或不可见的字符", "请删去这些字符"
    elif value != value.strip():
        yield field, f"“{name}”一行中有一项前后带空格", "请删去空格"
    elif len(value) > LONGEST:
        yield field, f"“{name[:20]}”一行中有一项超过 {LONGEST} 字", "请缩短"


def _period_faults(name: str, since: date | None, until: date | None) -> Iterator[tuple[str, str, str]]:
    if since and until and until <= since:
        yield "until", f"“{name}”的止日 {until} 不晚于起日 {since}", "请改正日期；止日是不再有效的第一天"


def _code_taken(index: int, subject: Subject, codes: dict[str, Holders]) -> Iterator[Fault]:
    period = (subject.since, subject.until)
    if subject.since and subject.until and subject.until <= subject.since:
        return  # told already
    holders = codes.setdefault(subject.code, Holders())
    other = holders.at_once_with(period)
    if other is None:
        holders.add(period, subject.name)
        return
    what = f"“{subject.name}”与“{other[1]}”同时用区划代码 {subject.code}"
    yield Fault(Part("subject", index, "code"), what, "请核对代码，或写明各自的起止日期")


def _outlet_faults(roster: Roster) -> Iterator[Fault]:
    known = {subject.key for subject in roster.subjects}
    users: dict[tuple[str, str], Holders] = {}
    sites: dict[str, Holders] = {}
    for index, outlet in enumerate(roster.outlets):
        own = list(_own_outlet_faults(outlet, known))
        for field, what, remedy in own or _clashes(outlet, users, sites):
            yield Fault(Part("outlet", index, field), what, remedy)


def _own_outlet_faults(outlet: Outlet, known: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    if outlet.subject not in known:
        yield "subject", f"“{outlet.address}”所属的“{outlet.subject}”不在名单中", "请先列入该对象"
    if not outlet.address.strip():
        yield "address", f"“{outlet.subject}”有一个渠道没有地址或账号", "请写上地址或账号"
    elif outlet.channel is Channel.SITE and site_identity(outlet.address) is None:
        yield "address", f"“{outlet.address}”不是网站地址", "请写成 http:// 或 https:// 开头的完整地址"
    yield from _text_faults("address", outlet.address, outlet.subject)
    yield from _text_faults("title", outlet.title, outlet.subject)
    yield from _period_faults(outlet.address, outlet.since, outlet.until)


def _clashes(
    outlet: Outlet, users: dict[tuple[str, str], Holders], sites: dict[str, Holders]
) -> list[tuple[str, str, str]]:
    """An address with two users on one day, or a body with two sites on one day. What clashes is not remembered."""
    period = (outlet.since, outlet.until)
    identity = site_identity(outlet.address) if outlet.channel is Channel.SITE else outlet.address.casefold()
    of_address = users.setdefault((outlet.channel, identity or ""), Holders())
    other = of_address.at_once_with(period)
    if other:
        said = f"“{outlet.address}”同时属于“{other[1]}”（{spoken(*other[0])}）和“{outlet.subject}”（{spoken(*period)}）"
        if other[1] == outlet.subject:
            said = f"“{outlet.subject}”的“{outlet.address}”列了两次，起止日期重叠"
        return [("address", said, "同一地址同一天只能属于一个对象，列一次；请改正地址或起止日期")]
    if outlet.channel is Channel.SITE:
        of_body = sites.setdefault(outlet.subject, Holders())
        second = of_body.at_once_with(period)
        if second:
            said = f"“{outlet.subject}”同时有两个网站：“{second[1]}”（{spoken(*second[0])}）和“{outlet.address}”"
            return [("address", said, "换过域名的，请写明旧站的停用日期和新站的启用日期")]
        of_body.add(period, outlet.address)
    of_address.add(period, outlet.subject)
    return []
