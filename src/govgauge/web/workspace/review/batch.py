"""A batch before its reviewer: what was handed in, to be accepted, or given back with a comment."""

from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain import boards, review_policies, reviews, training
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Assignment, AssignmentState, Batch, Coding, TrainingKind
from govgauge.office.queries import review_work as query
from govgauge.office.queries.check_texts import CheckText, check_text, form_of
from govgauge.office.queries.review_work import ReviewSieve
from govgauge.web import exports
from govgauge.web.access import acting_of, page
from govgauge.web.listing import Choice, Column, in_order, listed, one_of, text
from govgauge.web.templatetags.shown import tongue
from govgauge.web.words import ASSIGNMENT_STATES
from govgauge.web.workspace.asked import LARGEST, round_of
from govgauge.web.workspace.review.asked import batch_of
from govgauge.web.workspace.review.pictures import board_line
from govgauge.web.workspace.review.words import CONFIDENCES, value_words

COLUMNS: tuple[Column, ...] = ()
FILTERS = ("state", "person", "sample", "q")
ALL = "all"
UNSEEN = (AssignmentState.OPEN, AssignmentState.DRAFT)
"""Nothing was handed in yet, or it was taken back."""


class Row(Struct, frozen=True):
    """An assignment as a row shows it. `hint` says why it cannot be reviewed now; `typed` is a comment to be kept.

    `coding` is None where nothing was handed in, or the reader still has to answer the same themselves.
    """

    one: Assignment
    coding: Coding | None
    check: CheckText
    value: str
    confidence: str
    hint: str
    typed: str

    @property
    def reviewable(self) -> bool:
        """Whether it waits for a reviewer."""
        return self.one.state == AssignmentState.SUBMITTED and not self.hint


@page(Verb.REVIEW)
@require_safe
def show(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """What waits for review in a batch; other states by filter, all of them as a file."""
    return _shown(request, batch_of(round_of(slug), number))


@page(Verb.REVIEW)
@require_POST
def do(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """Accept, give back, draw a sample, accept the rest, confirm a training: what `do` says."""
    batch = batch_of(round_of(slug), number)
    acting = acting_of(request)
    coding = Coding.objects.filter(assignment__batch=batch, id=_whole(request.POST.get("coding"))).first()
    seen, comment = _whole(request.POST.get("version")), request.POST.get("comment", "").replace("\x00", "")
    what = request.POST.get("do", "")
    verbs: dict[str, tuple[Callable[[], object], str]] = {
        "draw": (lambda: reviews.draw(acting, batch, _share(request.POST.get("share", ""))), _("已抽取样本。")),
        "rest": (lambda: reviews.accept_rest(acting, batch), _("已采用其余答案。")),
        "trained": (lambda: training.confirm(acting, batch, comment), _("已确认培训，批次恢复采集。")),
    }
    if coding is not None:
        verbs["accept"] = (lambda: reviews.accept(acting, coding, seen), _("已采用。"))
        verbs["reject"] = (lambda: reviews.reject(acting, coding, seen, comment), _("已退回采集员，意见已告知。"))
    if what not in verbs:
        messages.error(request, _("请选择要做什么。"))
        return HttpResponseRedirect(_back(request, batch))
    verb, sentence = verbs[what]
    try:
        verb()
    except Unusable as fault:
        messages.error(request, tongue(str(fault)))
        return _shown(request, batch, {coding.assignment_id if coding else 0: comment}, status=409)
    messages.success(request, sentence)
    return HttpResponseRedirect(_back(request, batch))


def _shown(
    request: HttpRequest, batch: Batch, typed: dict[int, str] | None = None, status: int = 200
) -> HttpResponseBase:
    known = query.coders(batch)
    person = one_of(request, "person", [str(one.id) for one in known])
    state = one_of(request, "state", [ALL, *AssignmentState.values]) or AssignmentState.SUBMITTED
    sieve = ReviewSieve(
        state="" if state == ALL else state,
        person=int(person or 0),
        sample=one_of(request, "sample", ["1"]) == "1",
        text=text(request, "q"),
    )
    found = query.coded(batch, sieve)
    kind = one_of(request, "format", exports.KINDS)
    reader = acting_of(request).person
    reader_id = reader.id if reader else 0
    if kind:
        rows = (_row(one, {}, 0) for one in query.rows(found, reader_id).iterator(chunk_size=500))
        return exports.answer(kind, f"{batch.round.slug}-batch-{batch.id}", _heads(), map(_line, rows))

    def page_rows(numbers: Sequence[int]) -> list[Row]:
        return [_row(one, typed or {}, reader_id) for one in in_order(query.rows(found, reader_id), numbers)]

    sample = query.last_sample(batch)
    line = next((one for one in boards.current(batch.round).board.batches if one.key == str(batch.id)), None)
    last = batch.trainings.order_by("-id").first()
    shown = {
        "round": batch.round,
        "batch": batch,
        "listing": listed(request, found, COLUMNS, sort="", filters=FILTERS, total=found.count(), rows=page_rows),
        "sieve": sieve,
        "state": state,
        "states": [Choice(ALL, _("全部")), *(Choice(one, ASSIGNMENT_STATES[one]) for one in AssignmentState)],
        "people": known,
        "sample": sample,
        "left": query.left_of(sample) if sample else 0,
        "quality": board_line(line, review_policies.of(batch.round)) if line else None,
        "trainings": batch.trainings.select_related("by").order_by("-id"),
        "training_due": last is not None and last.kind == TrainingKind.ORDERED,
        "typed": typed or {},
    }
    partial = getattr(request, "htmx", False) and request.method == "GET"
    return render(request, "review/batch_list.html" if partial else "review/batch.html", shown, status=status)


def _row(one: Assignment, typed: dict[int, str], reader: int) -> Row:
    coding = _shown_coding(one)
    form = form_of(one.entry.system, one.entry.profile, one.check_id)
    answered = coding is not None and (coding.not_applicable or coding.value is not None)
    return Row(
        one=one,
        coding=coding,
        check=check_text(one.entry.system, one.check_id),
        value=value_words(coding.value, form) if answered and coding else "",
        confidence=str(CONFIDENCES.get(coding.confidence, "")) if coding else "",
        hint=_hint(one, reader) if one.state == AssignmentState.SUBMITTED or getattr(one, "blind", False) else "",
        typed=typed.get(one.id, ""),
    )


def _shown_coding(one: Assignment) -> Coding | None:
    """The coding, once it was handed in; a draft is its collector's alone."""
    return None if one.state in UNSEEN or getattr(one, "blind", False) else getattr(one, "coding", None)


def _hint(one: Assignment, reader: int) -> str:
    if getattr(one, "blind", False):
        return _("这一项您自己还要采集；提交之前看不到别人的答案。")
    if one.person_id == reader:
        return _("这一项是您采集的，请由别人复核。")
    if getattr(one, "disputed", False):
        return _("两人答案不一致，待裁定。")
    if getattr(one, "doubled", False) and not getattr(one, "partner_in", False):
        return _("双人采集：等另一人提交。")
    return ""


def _heads() -> list[str]:
    return [_("评估对象"), _("评估要点"), _("内容"), _("采集员"), _("状态"), _("取值"), _("把握"), _("理由")]


def _line(row: Row) -> Sequence[exports.Cell]:
    one = row.one
    return (
        *(one.entry.key, one.check_id, row.check.text, one.person.name),
        *(str(ASSIGNMENT_STATES[AssignmentState(one.state)]), row.value, row.confidence),
        row.coding.justification if row.coding else "",
    )


def _back(request: HttpRequest, batch: Batch) -> str:
    query_ = request.GET.urlencode()
    return reverse("review-batch", args=[batch.round.slug, batch.id]) + (f"?{query_}" if query_ else "")


def _whole(given: str | None) -> int:
    return min(int(given), LARGEST) if given and given.isascii() and given.isdigit() and len(given) < 20 else 0


def _share(given: str) -> Decimal:
    try:
        share = Decimal(given) / 100
    except InvalidOperation:
        share = Decimal("nan")
    if not share.is_finite():
        raise Unusable("抽查比例应是一个百分数，如 10 (a share is a percentage).")
    return share
