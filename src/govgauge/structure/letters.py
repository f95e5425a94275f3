"""Reading a public message and its answer."""

import re
from datetime import date

from govgauge import lazy_re
from govgauge.structure import blocks as flow
from govgauge.structure import document_dates, element_table, page_place, telltales
from govgauge.structure.model import Letter
from govgauge.structure.page import Page

VOCABULARY = element_table.vocabulary("letter")
LONGEST_TITLE = 120

_PLACE = lazy_re.compile(r"信箱|来信|留言|互动|咨询|诉求|投诉|问政|热线|12345|建言|回复选登|信件|民意|交流|问答|领导")
_FORM = lazy_re.compile(r"验证码|<input[^>]+type=[\"']?(?:submit|password)|我要写信|提交信件", re.IGNORECASE)
_NO_ANSWER = lazy_re.compile(
    r"^(?:暂无(?:回复|答复|内容|处理结果)?|(?:尚)?未(?:回复|答复|处理|办理)|等待回复|待(?:回复|答复|处理|办理)|无|[-—–/]*|处理中|办理中|null)[。.]?$"
)
_LIST_LABELS = ("question", "answer")


def read(page: Page) -> Letter | None:
    """The message on this page with both times and the answer; None when it is no single message.

    Lists of messages, forms for writing one, rules of a mailbox and frequent questions are none. `answer` is empty
    where the page shows none; `status` is what the page says of the handling.
    """
    if not _may_be_letter(page.telltales):
        return None
    blocks = page.blocks
    pairs = element_table.sections(blocks, VOCABULARY)
    fields = _one_each(pairs)
    if fields is None or not _is_letter(page, blocks, fields):
        return None
    question = _value(fields, "question")
    asked, answered = _day(fields, "asked"), _day(fields, "answered")
    answer = _answer(fields)
    if answered is None and answer:
        answered = _day_of_answer(answer, asked)
    title = _value(fields, "title").splitlines()[0] if _value(fields, "title") else page_place.title(page)
    return Letter(
        title=title[:LONGEST_TITLE],
        asked=asked,
        answered=answered if answer or answered else None,
        question=question,
        answer=answer,
        body=_first_line(_value(fields, "body")),
        status=_first_line(_value(fields, "status"))[:20],
    )


def _may_be_letter(words: frozenset[str]) -> bool:
    """Whether the words of a page allow a letter: the label of a time of asking or of a question, and an answer."""
    return bool(words & telltales.LETTER_ANSWER and words & (telltales.LETTER_TIME | telltales.LETTER_QUESTION))


def _one_each(pairs: list[element_table.Pair]) -> dict[str, element_table.Pair] | None:
    """The pairs by field, the first with a value before the first at all; None when the page holds several messages."""
    for field in _LIST_LABELS:
        labels = [pair.label for pair in pairs if pair.field == field and pair.value]
        if any(labels.count(label) > 1 for label in labels):
            return None
    fields: dict[str, element_table.Pair] = {}
    for pair in pairs:
        known = fields.get(pair.field)
        if known is None or (not known.value and pair.value):
            fields[pair.field] = pair
    return fields


def _is_letter(page: Page, blocks: list[flow.Block], fields: dict[str, element_table.Pair]) -> bool:
    """A time of asking, a content, and a sign of handling; the words 时间 and 内容 alone are not enough."""
    if "question" not in fields or not fields["question"].value or "asked" not in fields:
        return False
    handling = {"answer", "answered", "status", "body"} & set(fields)
    if not handling or _day(fields, "asked") is None:
        return False
    words = r"来信|写信|留言|信件|咨询|提问|诉求|投诉|来件|网友|反映"
    own = [pair.label for pair in fields.values() if re.search(words, pair.label)]
    placed = _PLACE.search(page_place.words(page, blocks)) is not None
    if _FORM.search(page.html) and "answer" not in fields and "status" not in fields:
        return False
    return len(own) >= (1 if placed else 2)


def _value(fields: dict[str, element_table.Pair], field: str) -> str:
    return fields[field].value.strip() if field in fields else ""


def _first_line(text: str) -> str:
    return text.splitlines()[0].strip() if text else ""


def _day(fields: dict[str, element_table.Pair], field: str) -> date | None:
    return document_dates.first(_first_line(_value(fields, field)))


def _answer(fields: dict[str, element_table.Pair]) -> str:
    value = _value(fields, "answer")
    return "" if _NO_ANSWER.match(re.sub(r"\s+", "", value)) else value


def _day_of_answer(answer: str, asked: date | None) -> date | None:
    """The date signed at the end of an answer, when it is a line of its own and not before the question."""
    for line in reversed(answer.splitlines()[-3:]):
        day = document_dates.first(line)
        if day and len(re.sub(r"\s", "", line)) <= 20 and (asked is None or day >= asked):
            return day
    return None
