"""What a column is for, from its name: a table of words, the longest match decides."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from govgauge import lazy_re
from govgauge.structure.kinds import ColumnKind

_K = ColumnKind

NAMES: dict[ColumnKind, tuple[str, ...]] = {
    ColumnKind(kind): tuple(names.split())
    for kind, names in tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8")).items()
}
"""Names and parts of names, by kind. A name found whole decides at once; else the longest part it contains, and of
equally long ones the last: what stands at the end of a Chinese name is its head."""

_TRAPS: tuple[tuple[re.Pattern[str], ColumnKind], ...] = (
    (lazy_re.compile(r"(?:新闻|要闻|动态|快讯|资讯|简报)$"), _K.NEWS),
    (lazy_re.compile(r"解读$|^图解|问答$(?<!智能问答)(?<!热点问答)"), _K.INTERPRETATION),
    (lazy_re.compile(r"(?:公开|公开工作)(?:年度)?(?:报告|年报)|公开.*年报"), _K.ANNUAL_REPORT),
    (lazy_re.compile(r"公开.{0,4}指南$"), _K.DISCLOSURE_GUIDE),
    (lazy_re.compile(r"公开.{0,6}制度$"), _K.DISCLOSURE_SYSTEM),
    (lazy_re.compile(r"公开.{0,8}目录$"), _K.CATALOGUE),
    (lazy_re.compile(r"(?:办理|服务|办事|审批)指南$"), _K.GUIDES),
    (
        lazy_re.compile(r"(?:书记|市长|县长|区长|局长|镇长|州长|厅长|主任|部长|省长|领导|行长|院长|校长)信箱$"),
        _K.MAILBOX,
    ),
    (lazy_re.compile(r"^(?:市长|县长|区长|州长|省长|局长|主任|厅长)之窗"), _K.LEADERSHIP),
    (lazy_re.compile(r"(?:规范性)?文件$|文件(?:库|汇编)$"), _K.POLICY),
    (lazy_re.compile(r"(?:公示|公告|通知|通告)$"), _K.NOTICE),
    (lazy_re.compile(r"(?:专题|专栏)$"), _K.TOPICS),
    (lazy_re.compile(r"(?:科|处|股|办公室|委员会|支队|大队|研究所|管理站|管理处|服务站)$"), _K.INSTITUTIONS),
)
"""Heads of names that decide whatever stands before them (政策新闻 is news, not policy). Whole names come first."""

_KEPT_BEFORE_TRAPS = frozenset(
    name
    for kind in (_K.PERSONNEL, _K.PROCUREMENT, _K.ENFORCEMENT, _K.CONSULTATION, _K.DISCLOSURE)
    for name in NAMES[kind]
)
_WHOLE = {name: kind for kind, names in NAMES.items() for name in names}
_LONGEST = max(map(len, _WHOLE))
_ORNAMENT = lazy_re.compile(r"[\s　·•:：|>》《〉〈【】\[\]“”\"'（）()、，,.。!！+＋-]+|更多|more", re.IGNORECASE)


def clean(name: str) -> str:
    """A column name without white space, brackets and marks."""
    return _ORNAMENT.sub("", name)


@lru_cache(maxsize=16384)
def kind_of(name: str) -> ColumnKind:
    """The kind that a column's name speaks of; OTHER when it says nothing known."""
    plain = clean(name)
    if not plain:
        return ColumnKind.OTHER
    whole = _WHOLE.get(plain)
    if whole is not None:
        return whole
    if len(plain) > 24:
        return ColumnKind.OTHER
    for pattern, kind in _TRAPS:
        if pattern.search(plain) and not any(plain.endswith(kept) for kept in _KEPT_BEFORE_TRAPS):
            return kind
    for length in range(min(len(plain) - 1, _LONGEST), 1, -1):
        for start in range(len(plain) - length, -1, -1):
            part = _WHOLE.get(plain[start : start + length])
            if part is not None:
                return part
    return ColumnKind.OTHER


def is_known(name: str) -> bool:
    """Whether these words, as a whole, are a usual name of a column."""
    return clean(name) in _WHOLE
