"""Reading a service guide: the eight element classes."""

import re

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure import blocks as flow
from govgauge.structure import content_range, element_table, page_place, tabs, telltales
from govgauge.structure.model import Article, Guide
from govgauge.structure.page import Page

CLASSES = ("name", "basis", "conditions", "materials", "place", "time", "phone", "process")
"""The eight element classes of a guide (国办秘函〔2019〕19号), in the order of the source."""
VOCABULARY = element_table.vocabulary("guide")
SURE = 3
"""Different element classes that make a page a guide when its title or column says that it is one."""
SURE_WITHOUT_TITLE = 5
"""Different element classes that make a page a guide when nothing else says so."""
LONGEST_VALUE = 4000
"""Characters of an element that are kept."""
MANY_SAME_LABELS = 3
"""A page that shows one label more often than this is a list of guides."""

WORDS_OF_A_GUIDE = 2
"""Different words of guides in the source below which a page is not looked at."""
_GUIDE_TITLE = lazy_re.compile(
    r"指南|须知|流程|办理|办事|审批|许可|登记|备案|核准|申领|申请|证|补贴|认定|审核|变更|注销|补办|换发"
)
_GUIDE_PLACE = lazy_re.compile(
    r"办事|服务指南|服务事项|办理指南|政务服务|行政许可|行政审批|事项|在线办理|便民服务|网上办理|公共服务"
)
_NOT_GUIDE = lazy_re.compile(
    r"(?:通知|公告|公示|意见|办法|细则|方案|规定|条例|解读|决定|批复|函|通报|报告|规划|简介|职责|名单|清单|目录|问答|新闻|要点|招聘\w{0,4}|招生简章|计划)"
    r"(?:[（(][^（()）]{1,12}[)）])?$|召开|举行|调研|开展|启动|推进|为何|如何|怎么|优化|一图|图解|答记者问|顺利|圆满|印发|征求意见"
)
_SAYS_GUIDE = lazy_re.compile(r"(?:办事|服务|办理|申报|申请|业务)指南|办事须知|办理须知")
_NOTHING = lazy_re.compile(
    r"^(?:暂无[^。]{0,6}|待定|待补充|待完善|null|undefined|none|n/a|\{\{.*\}\}|[-—–/\\\s.。、：:*_]*)$", re.IGNORECASE
)
_NONE = lazy_re.compile(r"^(?:无|没有|无[。.]|不涉及|不需要|无要求|无需)$")
_ELSEWHERE = lazy_re.compile(
    r"^[（(]?(?:详见|见|请见|参见|详情见|具体见|请查看|点击)(?:下方|下面|后|相关)?附(?:件|表|图)\d?[)）。.]?$"
)
_MAY_BE_NONE = frozenset({"conditions", "materials", "basis"})
"""Classes for which 无 is an answer: nothing is asked of the applicant, or no law sets the service up."""
_CONTACTS = frozenset({"phone", "place", "time"})
"""Classes whose labels also stand in the head and foot of every page."""
_ONLINE = lazy_re.compile(r"全程网办|不见面|零跑动|网上办理|线上办理|全程网上|掌上办|最多跑0次|0次")
_FILES = lazy_re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar|jpe?g|png|gif)(?:[?#]|$)", re.IGNORECASE)
_ONLINE_LINK = lazy_re.compile(r"^(?:在线|网上|立即|我要|马上|掌上)(?:办理|申请|申报|预约)$")


def read(page: Page, article: Article | None) -> Guide | None:
    """The guide on this page with what it says under each element class; None when it is no guide.

    An element counts as given when it has words of its own, a picture, a table or a file; a label with nothing behind
    it, or with 暂无 and the like, does not.
    """
    if len(page.telltales & telltales.GUIDE) < WORDS_OF_A_GUIDE:
        return None
    title = (article.title if article else "") or page_place.title(page)
    if _NOT_GUIDE.search(title) and not _SAYS_GUIDE.search(title):
        return None
    blocks = page.blocks
    pairs = [pair for pair in element_table.sections(blocks, VOCABULARY) if pair.field != "other"]
    pairs = _of_the_guide(blocks, pairs)
    if not _is_guide(page, blocks, pairs, title):
        return None
    elements = _elements(page, blocks, pairs)
    if tabs.UNSEEN in elements.values():
        elements = dict.fromkeys(CLASSES[1:], tabs.UNSEEN) | elements
    name = _name(elements.get("name", ""), title)
    if name:
        elements["name"] = name
    elif "name" in elements:
        del elements["name"]
    return Guide(name=name, elements=_ordered(elements), online_url=_online(page, blocks))


def _is_guide(page: Page, blocks: list[flow.Block], pairs: list[element_table.Pair], title: str) -> bool:
    fields = {pair.field for pair in pairs}
    labels = [pair.label for pair in pairs if pair.field in {"materials", "basis", "conditions"}]
    if any(labels.count(label) > MANY_SAME_LABELS for label in set(labels)):
        return False
    core = fields & {"basis", "conditions", "materials", "process"}
    if len(core) < 2 and not (core and "name" in fields):
        return False
    if len(fields) >= SURE_WITHOUT_TITLE:
        return True
    if len(fields) < SURE:
        return False
    place = page_place.words(page, blocks)
    if _SAYS_GUIDE.search(title):
        return True
    return bool(_GUIDE_PLACE.search(place) and _GUIDE_TITLE.search(title))


def _of_the_guide(blocks: list[flow.Block], pairs: list[element_table.Pair]) -> list[element_table.Pair]:
    """The pairs without address and telephone of the site itself, which stand in its head and foot."""
    core = [pair for pair in pairs if pair.field not in _CONTACTS]
    if not core:
        return pairs
    first, last = min(pair.first for pair in core), max(pair.first for pair in core)
    box = content_range.common_box(blocks[pair.first] for pair in core)
    foot = content_range.before_foot(blocks, last)
    return [
        pair
        for pair in pairs
        if pair.field not in _CONTACTS
        or (pair.first < foot and (pair.first > first or blocks[pair.first].path[: len(box)] == box))
    ]


def _elements(page: Page, blocks: list[flow.Block], pairs: list[element_table.Pair]) -> dict[str, str]:
    whole = flow.joined(blocks)
    panes = tabs.panes(page.document, blocks, pairs)
    files = any(_FILES.search(href) for block in blocks for _text, href in block.links)
    found: dict[str, str] = {}
    for pair in pairs:
        value = panes.get(pair.first, pair.value)
        for field in _fields_of(pair.label, pair.field):
            if field not in found and _says_something(field, value, whole, files=files):
                found[field] = value.replace(flow.PICTURE, "（图）").strip()[:LONGEST_VALUE]
    return found


def _fields_of(label: str, field: str) -> tuple[str, ...]:
    """The classes that a label speaks of: 办理地点和时间 names two, 办理时间、地点、电话 three."""
    fields = {field}
    if re.search(r"地[点址]|窗口", label) and field in {"time", "phone", "place"}:
        fields.add("place")
    if "时间" in label and field in {"place", "phone", "time"}:
        fields.add("time")
    if re.search(r"电话|联系方式", label) and field in {"place", "time"}:
        fields.add("phone")
    return tuple(sorted(fields))


def _says_something(field: str, value: str, whole: str, *, files: bool) -> bool:
    folded = re.sub(r"\s+", "", value)
    if not folded or _NOTHING.match(folded):
        return False
    if _NONE.match(folded):
        return field in _MAY_BE_NONE or (field == "place" and _ONLINE.search(whole) is not None)
    return not _ELSEWHERE.match(folded) or files


def _name(given: str, title: str) -> str:
    """The name of the service: its own element, else the title where that says more than 办事指南."""
    first = given.strip().splitlines()[0] if given.strip() else ""
    if first:
        return first[:200]
    plain = re.sub(
        r"(?:办事|服务|办理|申报|申请|业务)?指南|办事须知|详情|详细信息|事项信息|政务服务网?|内容页?|正文", "", title
    ).strip(" -_|—《》")
    return title if len(plain) >= 2 else ""


def _ordered(elements: dict[str, str]) -> dict[str, str]:
    return {field: elements[field] for field in CLASSES if elements.get(field)}


def _online(page: Page, blocks: list[flow.Block]) -> str:
    base = page.document.base_url(page.url)
    for block in blocks:
        for text, href in block.links:
            if _ONLINE_LINK.match(re.sub(r"\s", "", text)) and not href.startswith(("javascript:", "#")):
                url = urls.resolve(base, href)
                if url:
                    return urls.canonical(url)
    return ""
