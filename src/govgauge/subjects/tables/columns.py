"""The columns of a table of subjects: field, heading, other headings that mean the same, width."""

import unicodedata
from functools import lru_cache

from msgspec import Struct


class Column(Struct, frozen=True):
    """A column. `of_outlet`: it tells of the site or account in the row, not of the body."""

    field: str
    heading: str
    also: tuple[str, ...] = ()
    width: int = 12
    of_outlet: bool = False


COLUMNS = (
    Column("name", "名称", ("单位名称", "机构名称", "对象名称", "评估对象", "name"), 28),
    Column("parent", "上级", ("上级单位", "上级机构", "parent"), 24),
    Column("full_name", "全称", ("单位全称", "full_name"), 28),
    Column("aliases", "别名", ("曾用名", "aliases"), 20),
    Column("level", "级别", ("层级", "level"), 10),
    Column("kind", "类型", ("类别", "kind"), 10),
    Column("groups", "组", ("分组", "组别", "groups", "group"), 22),
    Column("region", "地区", ("省份", "所在省份", "region"), 16),
    Column("code", "区划代码", ("代码", "行政区划代码", "code"), 10),
    Column("since", "设立", ("设立日期", "since"), 12),
    Column("until", "撤销", ("撤销日期", "until"), 12),
    Column("before", "前身", ("before",), 24),
    Column("channel", "渠道", ("平台", "channel"), 10, of_outlet=True),
    Column("address", "地址", ("网址", "网站地址", "地址或账号", "账号", "address", "url"), 36, of_outlet=True),
    Column("title", "网站名称", ("渠道名称", "账号名称", "title"), 24, of_outlet=True),
    Column("used_since", "启用", ("启用日期", "used_since"), 12, of_outlet=True),
    Column("used_until", "停用", ("停用日期", "used_until"), 12, of_outlet=True),
)
HEADINGS = tuple(column.heading for column in COLUMNS)
HEADING_OF = {column.field: column.heading for column in COLUMNS}

SUBJECT_SHEET = "对象"
GROUP_SHEET = "组"
GROUP_HEADINGS = ("标识", "名称", "上层组", "指标体系", "权重档")


@lru_cache(maxsize=1024)
def field_of(heading: str) -> str | None:
    """The field that a heading means, whatever its width, case and blanks; None for a column of another purpose."""
    return _FIELDS.get(_plain(heading))


def _plain(heading: str) -> str:
    return "".join(unicodedata.normalize("NFKC", heading).casefold().split())


_FIELDS = {_plain(said): column.field for column in COLUMNS for said in (column.field, column.heading, *column.also)}
