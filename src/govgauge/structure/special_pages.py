"""Letting the readers of special pages look, each only at pages that use its words."""

import re

import msgspec

from govgauge.structure import consultations, datasets, guides, letters, policies
from govgauge.structure.kinds import PageKind
from govgauge.structure.model import Article, PageReading
from govgauge.structure.page import Page

_GUIDE = ("条件", "材料", "资料", "依据", "流程", "程序", "地点")
_LETTER = [
    "来信",
    "写信",
    "留言",
    "信件",
    "来件",
    "咨询",
    "提问",
    "诉求",
    "投诉",
    "反映人",
    "反映时间",
    "反映内容",
    "问题标题",
    "问题内容",
    "问题类型",
    "建议人",
    "建议内容",
    "建议标题",
    "建议时间",
]
_ANSWER = ("答复", "回复", "办理", "处理", "反馈", "回信", "解答", "办结")
_DATASET = [
    "更新频率",
    "更新周期",
    "更新频次",
    "数据格式",
    "文件格式",
    "资源格式",
    "下载格式",
    "数据提供方",
    "数据领域",
    "数据量",
    "数据项",
    "数据字段",
    "开放属性",
    "开放条件",
    "开放类型",
]
_POLICY = ("索引号", "文号", "发文", "令第", "第一条")
_NUMBERED = re.compile(r"[〕\]］】）)]第?\d{1,5}号")
RELATED_LINKS = 12
"""Longest list of related links or downloads that stands below a guide, letter or dataset."""
_CONSULTATION = ("征求", "征集", "调查", "听取")


def look(page: Page, reading: PageReading, article: Article | None) -> PageReading:
    """The reading with what the readers of special pages found; the surest of them names the page's kind."""
    dense = page.outline.dense
    policy = guide = letter = consultation = dataset = None
    if _any(_POLICY, dense) or _NUMBERED.search(dense):
        policy = policies.read(page, article)
    if sum(word in dense for word in _GUIDE) >= 2:
        guide = guides.read(page, article)
    if _any(_LETTER, dense) and _any(_ANSWER, dense):
        letter = letters.read(page)
    if _any(_CONSULTATION, dense):
        consultation = consultations.read(page, article)
    if _any(_DATASET, dense):
        dataset = datasets.read(page)
    if not (policy or guide or letter or consultation or dataset):
        return reading
    return msgspec.structs.replace(
        reading,
        kind=_kind(reading, letter=letter, guide=guide, dataset=dataset, policy=policy, consultation=consultation),
        policy=policy,
        guide=guide,
        letter=letter,
        consultation=consultation,
        dataset=dataset,
    )


def look_beside_list(page: Page, reading: PageReading) -> PageReading:
    """As `look`, for a page that was taken for a list: a guide, letter or dataset with a few related links below it.

    The reading itself when it is none of these, or when the list is longer than related links are.
    """
    if len(reading.items) > RELATED_LINKS:
        return reading
    found = look(page, reading, None)
    if found.guide is None and found.letter is None and found.dataset is None:
        return reading if reading.items else found
    return msgspec.structs.replace(found, items=(), next_urls=(), total_items=0)


def _kind(reading: PageReading, **found: object) -> PageKind:
    return next((PageKind(name) for name, value in found.items() if value is not None), reading.kind)


def _any(words: tuple[str, ...] | list[str], text: str) -> bool:
    return any(word in text for word in words)
