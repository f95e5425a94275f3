"""Ballots of browsers without scripts, receipts, and the list of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from govgauge.errors import Unusable
from govgauge.office import vote_receipts
from govgauge.office.ballot_writer import Refused
from govgauge.office.queries import votes
from govgauge.web import faults
from govgauge.web.access import public
from govgauge.web.templatetags.shown import tongue
from govgauge.web.vote import asked, narrow

PAGE_RECEIPTS = 500


@public
@csrf_exempt  # the token in the form is known to our page and its voter only, see `narrow`
@require_POST
def cast(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand in a ballot; the receipt, with the secret that nobody keeps but the voter."""
    form = [(name, value) for name, values in request.POST.lists() for value in values]
    wants_json = narrow.JSON in request.headers.get("Accept", "")
    try:
        receipt = narrow.cast(slug, form, asked.address_of(request))
    except Refused as refused:
        told = tongue(str(refused))
        if wants_json:
            return _ended(JsonResponse({"error": told}, status=refused.status), slug, spent=refused.spent)
        page = faults.page(request, refused.status, _("选票没有计入"), told, on=asked.vote_of(slug))
        return _ended(page, slug, spent=refused.spent)
    if wants_json:
        return _ended(JsonResponse({"receipt": receipt}), slug)
    call, vote = asked.call_of(slug)
    secret = request.POST.get("secret", "") if not request.POST.get("commitment") else ""
    numbers = sorted(int(one) for one in request.POST.getlist("choice"))
    shown = {"call": call, "vote": vote, "slug": slug, "receipt": receipt, "secret": secret, "numbers": numbers}
    return _ended(render(request, "vote/done.html", shown), slug)


def _ended(answer: HttpResponse, slug: str, *, spent: bool = True) -> HttpResponse:
    """An answer after which the browser forgets the token where it is spent."""
    answer.headers["Cache-Control"] = "no-store"
    if spent:
        asked.drop_token(answer, slug)
    return answer


@public
@require_safe
def receipt(request: HttpRequest, slug: str) -> HttpResponse:
    """Whether the ballot of a receipt is counted: for anybody who has its number, and never what was chosen."""
    call, vote = asked.call_of(slug)
    given = "".join(request.GET.get("receipt", "").split()).lower()[:100]
    state = error = ""
    if given and not vote_receipts.COMMITMENT.match(given):
        error = _("回执号应为 64 位数字和字母 a 至 f；请完整粘贴。")
    elif given:
        state = votes.receipt(call, given).value
    shown = {
        "call": call,
        "vote": vote,
        "slug": slug,
        "given": given,
        "state": state,
        "error": error,
        "is_over": vote.is_over(),
    }
    answer = render(request, "vote/receipt.html", shown, status=422 if error else 200)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@public
@require_safe
def receipts(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All receipts of a vote that is over, by pages, with the root over them; as a file for who recomputes it."""
    call, vote = asked.call_of(slug)
    try:
        every, whole = votes.receipts(vote), votes.published(vote)
    except Unusable as error:
        return faults.page(request, 403, _("投票还没有结束"), tongue(str(error)), on=asked.vote_of(slug))
    if request.GET.get("format") == "txt":
        lines = (f"{one}\n" for one in every.iterator(chunk_size=votes.CHUNK))
        answer = StreamingHttpResponse(lines, content_type="text/plain; charset=us-ascii")
        answer.headers["Content-Disposition"] = f'attachment; filename="receipts-{slug}.txt"'
        return answer
    page = Paginator(every, PAGE_RECEIPTS).get_page(request.GET.get("page"))
    shown = {
        "call": call,
        "vote": vote,
        "slug": slug,
        "page": page,
        "number": whole.number,
        "root": whole.root,
    }
    return render(request, "vote/receipts.html", shown)
