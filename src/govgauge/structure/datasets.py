"""Reading the page of an open dataset: formats, frequency, last update, fields."""

import re

from govgauge import lazy_re
from govgauge.structure import blocks as flow
from govgauge.structure import document_dates, element_table, page_place, telltales
from govgauge.structure.model import Dataset
from govgauge.structure.page import Page

VOCABULARY = element_table.vocabulary("dataset")
SURE = 3
"""Different elements of a dataset's description that make a page one."""
FEWEST_FIELD_ROWS = 1

_FORMAT = lazy_re.compile(
    r"(?<![a-z])(csv|xlsx|xls|json|jsonl|geojson|xml|rdf|ttl|api|docx|doc|pdf|txt|zip|rar|7z|shp|kml|html|jpg|png|et|wps|ofd|parquet|sql|dbf|mdb)(?![a-z])",
    re.IGNORECASE,
)
_INTERFACE = lazy_re.compile(r"接口|api", re.IGNORECASE)
_FREQUENCIES = (
    ("realtime", lazy_re.compile(r"实时|即时")),
    ("half-yearly", lazy_re.compile(r"半年|每6个?月|每六个?月")),
    ("quarterly", lazy_re.compile(r"季")),
    ("daily", lazy_re.compile(r"每?[日天]$|每[日天]|按[日天]|日更新")),
    ("weekly", lazy_re.compile(r"周(?!期)|星期")),
    ("monthly", lazy_re.compile(r"月")),
    ("yearly", lazy_re.compile(r"年")),
    ("irregular", lazy_re.compile(r"不定期|按需|自定义|静态|不更新|一次性|其他|适时|需要时|无固定|非周期|随时")),
)
_ODD_PERIOD = lazy_re.compile(r"(?:每|隔)?(?:[二两三四五十]|[2-9]|\d{2,})个?(?:年|月|周|天)")
_FILE = lazy_re.compile(r"\.(csv|xlsx?|json|geojson|xml|rdf|ttl|docx?|pdf|txt|zip|shp|kml)(?:[?#]|$)", re.IGNORECASE)
_FIELD_HEADS = lazy_re.compile(
    r"^(?:字段名称?|字段英文名?|字段中文名?|字段类型|字段描述|数据项名称|数据项|英文名称?|中文名称?|数据类型|信息项名称|信息项|字段说明|数据项描述|属性名称?|"
    r"类型|描述|说明|数据项英文名称?|数据项中文名称?|信息项类型|字段长度|数据长度|长度|是否为空|备注)$"
)
_NOT = lazy_re.compile(r"^(?:[-—–/无\s]*|暂无.{0,6}|null|undefined)$")


def read(page: Page) -> Dataset | None:
    """The dataset that this page describes; None when it is no such page, or lists several."""
    if not page.telltales & telltales.DATASET:
        return None
    blocks = page.blocks
    pairs = [pair for pair in element_table.pairs(blocks, VOCABULARY) if len(pair.value) < 400]
    fields = {pair.field for pair in pairs}
    if len(fields & {"formats", "frequency", "updated", "provider", "theme", "openness", "amount"}) < SURE:
        return None
    if not fields & {"formats", "frequency"} or _is_list(pairs):
        return None
    return Dataset(
        title=_first(pairs, "title") or page_place.title(page),
        formats=_formats(blocks, pairs),
        frequency=frequency(_first(pairs, "frequency")),
        updated=document_dates.first(_first(pairs, "updated")),
        fields_described=_fields_described(blocks, pairs),
    )


def frequency(text: str) -> str:
    """One of the words of `Dataset.frequency` for a stated frequency; irregular for periods that have no word."""
    folded = re.sub(r"\s+", "", text)
    if not folded or _NOT.match(folded):
        return ""
    if re.search(r"不定期|按需|不更新|静态", folded):
        return "irregular"
    if _ODD_PERIOD.search(folded) and not re.search(r"每?(?:6|六)个?月|半年|每?3个月|每?三个月", folded):
        return "irregular"
    if re.search(r"每?(?:3|三)个月", folded):
        return "quarterly"
    return next((word for word, pattern in _FREQUENCIES if pattern.search(folded)), "")


def _is_list(pairs: list[element_table.Pair]) -> bool:
    """Whether the page lists several datasets: one label of formats or frequency stands on it several times."""
    labels = [pair.label for pair in pairs if pair.field in {"frequency", "provider"} and pair.value]
    return any(labels.count(label) > 1 for label in labels)


def _first(pairs: list[element_table.Pair], field: str) -> str:
    return next((pair.value for pair in pairs if pair.field == field and not _NOT.match(pair.value)), "")


def _formats(blocks: list[flow.Block], pairs: list[element_table.Pair]) -> tuple[str, ...]:
    """Formats named beside the label, on the download links, or by the endings of the files; api for an interface."""
    found: list[str] = []
    for pair in pairs:
        if pair.field == "formats":
            found += [match.lower() for match in _FORMAT.findall(pair.value)]
            if _INTERFACE.search(pair.value):
                found.append("api")
    for block in blocks:
        for text, href in block.links:
            ending = _FILE.search(href)
            if ending:
                found.append(ending.group(1).lower())
            elif len(text) <= 12 and _FORMAT.fullmatch(re.sub(r"(?:格式)?(?:下载)?|\s", "", text)):
                found += [match.lower() for match in _FORMAT.findall(text)]
        if len(block.text) <= 16 and re.search(r"下载", block.text):
            found += [match.lower() for match in _FORMAT.findall(block.text)]
    return tuple(dict.fromkeys(found))


def _fields_described(blocks: list[flow.Block], pairs: list[element_table.Pair]) -> bool:
    """Whether the page tells what the fields mean: a table of fields with a row, or a described label with words."""
    rows: dict[int, list[str]] = {}
    for block in blocks:
        if block.row:
            rows.setdefault(block.row, []).append(block.text)
    order = list(rows.values())
    for at, row in enumerate(order):
        heads = [text for text in row if _FIELD_HEADS.match(re.sub(r"\s", "", text))]
        following = order[at + 1 : at + 1 + FEWEST_FIELD_ROWS]
        if len(heads) >= 2 and following and any(text for text in following[0]):
            return True
    described = [pair for pair in pairs if pair.field == "described" and len(pair.value) >= 4]
    return any(not _NOT.match(pair.value) for pair in described)
