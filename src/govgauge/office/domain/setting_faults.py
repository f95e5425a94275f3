"""What is wrong with settings, in a sentence that names the setting and what may stand there."""

import re
from collections.abc import Iterable, Sequence

import msgspec
from msgspec import inspect as kinds

from govgauge.office.settings import CONNECT_TO, SiteSettings

PATH = re.compile(r" - at `(key in )?\$(.*)`$")
UNKNOWN = re.compile(r"unknown field `(.*?)`")
FORMS = {CONNECT_TO: "主机:端口:主机2:端口2，如 www.example.gov.cn:80:127.0.0.1:8080"}
"""What a text is to look like, by its pattern."""

PLAIN: dict[type[kinds.Type], str] = {
    kinds.DecimalType: "数",
    kinds.BoolType: "true 或 false",
    kinds.NoneType: "null",
    kinds.DateType: "日期，如 2025-11-30",
}


def told(fault: msgspec.ValidationError) -> str:
    """The fault of some settings, as a sentence without its end."""
    said = str(fault)
    path = PATH.search(said)
    names = re.findall(r"\.?([A-Za-z_]+)", path[2]) if path else []
    place = "".join(["设置 " if names else "设置中的一项", ".".join(names)])
    unknown = UNKNOWN.search(said)
    if unknown:
        named = ".".join([*names, unknown[1]])
        return f"没有设置 {named}；可用：{'、'.join(_fields(kinds.type_info(SiteSettings), names))}"
    wanted = _wanted(_at(kinds.type_info(SiteSettings), names))
    own = PATH.sub("", said)
    if not own.isascii():  # a rule of ours, in words
        return f"{place}不能用：{own}" if not names else f"{place} 不能用：{own}"
    return f"{place} 不能用，应为{_spaced(wanted)}" if wanted else f"{place} 不能用"


def _fields(kind: kinds.Type, names: Sequence[str]) -> Iterable[str]:
    found = _struct(_at(kind, names))
    return [field.encode_name for field in found.fields] if found else []


def _at(kind: kinds.Type, names: Sequence[str]) -> kinds.Type:
    """The kind of the setting that some names lead to."""
    for name in names:
        owner = _struct(kind)
        field = next((one for one in owner.fields if one.encode_name == name), None) if owner else None
        if field is None:
            break
        kind = field.type
    return kind


def _struct(kind: kinds.Type) -> kinds.StructType | None:
    """The group of settings that a kind is, or may be, or is a list of."""
    if isinstance(kind, kinds.UnionType):
        return next((found for one in kind.types if (found := _struct(one))), None)
    if isinstance(kind, kinds.VarTupleType | kinds.ListType):
        return _struct(kind.item_type)
    return kind if isinstance(kind, kinds.StructType) else None


def _wanted(kind: kinds.Type) -> str:
    """What may stand there."""
    match kind:
        case kinds.UnionType():
            return "，或 ".join(filter(None, map(_wanted, kind.types)))
        case kinds.IntType() | kinds.FloatType():
            return ("整数" if isinstance(kind, kinds.IntType) else "数") + _range(kind.ge, kind.le)
        case kinds.StrType():
            return FORMS.get(kind.pattern or "", "文字")
        case kinds.EnumType():
            return "、".join(str(one.value) for one in kind.cls) + " 之一"
        case kinds.VarTupleType() | kinds.ListType():
            return f"列表，各项为{_wanted(kind.item_type)}"
        case kinds.StructType():
            return "一组键值（" + "、".join(field.encode_name for field in kind.fields) + "）"
    return PLAIN.get(type(kind), "")


def _spaced(words: str) -> str:
    """With a space before what begins in Latin letters."""
    return f" {words}" if words[:1].isascii() else words


def _range(least: float | None, most: float | None) -> str:
    """The bounds of a number in words; empty where there are none."""
    if least is not None and most is not None:
        return f"，{least:g} 至 {most:,.0f}".replace(",", "")
    return f"，不小于 {least:g}" if least is not None else f"，不大于 {most:g}" if most is not None else ""
