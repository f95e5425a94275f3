"""Proving to be one person: by a code to an address or a number, or by the body's identity provider."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from govgauge.errors import Unusable
from govgauge.office import vote_identity
from govgauge.office.domain import vote_calls, vote_codes, voters
from govgauge.office.domain.vote_calls import Vote
from govgauge.office.domain.voters import Proven
from govgauge.office.models import CaseCall, ProofKind
from govgauge.web import faults
from govgauge.web.access import public
from govgauge.web.templatetags.shown import tongue
from govgauge.web.vote import asked
from govgauge.web.workspace.asked import LARGEST
from govgauge.web.workspace.people.outside import guarded

MARK = "govgauge-vote"
"""Under this, allauth's state of a sign-in says that it is for a vote, and for which."""


@public
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose how to prove it, and get a code."""
    call, vote = asked.call_of(slug)
    shown: dict[str, object] = {}
    status = 200
    if request.method == "POST":
        proof, given = _proof(request, vote), request.POST.get("given", "")
        try:
            sent = vote_codes.ask(call, proof, given, asked.address_of(request))
        except Unusable as error:
            shown = {"error": tongue(str(error)), "proof": proof.value, "given": given[:254]}
            status = 422
        else:
            told = {
                "call": call,
                "vote": vote,
                "slug": slug,
                "sent": sent,
                "number": sent.number,
                "handle": sent.handle,
            }
            return _kept_back(render(request, "vote/code.html", told))
    why = tongue(vote.closed_why())
    ways = [one for one in vote.rules.proofs if one is not ProofKind.OIDC or _has_provider()]
    kept = {
        "call": call,
        "vote": vote,
        "slug": slug,
        "why": why,
        "ways": [one.value for one in ways],
        "oidc": settings.OIDC_NAME,
    }
    return _kept_back(render(request, "vote/proof.html", {**kept, **shown}, status=status))


@public
@require_POST
def enter(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Enter the code; then the ballot."""
    call, vote = asked.call_of(slug)
    number, handle = request.POST.get("number", ""), request.POST.get("handle", "")[:80]
    pk = min(int(number), LARGEST) if number.isdecimal() and len(number) < 19 else 0
    try:
        token = vote_codes.enter(call, pk, handle, request.POST.get("code", "")[:40], asked.address_of(request))
    except Unusable as error:
        shown = {"call": call, "vote": vote, "slug": slug, "number": pk, "handle": handle, "error": tongue(str(error))}
        return _kept_back(render(request, "vote/code.html", shown, status=422))
    return admitted(request, slug, token)


@public
@require_POST
def outside(request: HttpRequest, slug: str) -> HttpResponseBase:
    """To the identity provider, and back with a proof."""
    call, vote = asked.call_of(slug)
    if vote.closed_why() or ProofKind.OIDC not in vote.rules.proofs or not _has_provider():
        raise Http404(_("这次投票不用这种方式验证身份。"))
    provider = get_adapter().get_provider(request, "oidc")
    back = reverse("vote", args=[slug])
    way = guarded(provider.redirect)
    return way(request, "login", next_url=back, data={MARK: call.pk})


def come_back(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponseBase | None:
    """Who comes from the provider to vote: their ballot; no account is made or looked at. None for all others."""
    number = (sociallogin.state.get("data") or {}).get(MARK)
    if number is None:
        return None
    call = CaseCall.objects.select_related("round").filter(pk=number).first()
    vote = vote_calls.vote_of(call) if call else None
    if call is None or vote is None or vote.closed_why() or ProofKind.OIDC not in vote.rules.proofs:
        on = asked.receipts_of(call.round.slug) if call and vote and vote.has_begun() else None
        return faults.page(request, 403, _("不能投票"), _("这次投票已经结束，或不用这种方式验证身份。"), on=on)
    plain = f"{sociallogin.account.provider}:{sociallogin.account.uid}"
    identity = voters.identity(call, ProofKind.OIDC, plain)
    proven = Proven(ProofKind.OIDC, identity, vote_identity.network(asked.address_of(request)))
    try:
        token = voters.admit(call, proven)
    except Unusable as error:
        told = tongue(str(error))
        return faults.page(request, 403, _("不能投票"), told, on=asked.receipts_of(call.round.slug))
    return admitted(request, call.round.slug, token)


def admitted(request: HttpRequest, slug: str, token: str | None) -> HttpResponseBase:
    """The way to the ballot with a token; a sentence for who has voted."""
    if token is None:
        told = _("您已经投过票，每人只能投一次。可以在“核对回执”中用回执号核对。")
        return _kept_back(faults.page(request, 409, _("您已经投过票"), told, on=asked.receipts_of(slug)))
    answer = HttpResponseRedirect(reverse("vote", args=[slug]))
    asked.keep_token(answer, slug, token)
    return answer


def _proof(request: HttpRequest, vote: Vote) -> ProofKind:
    given = request.POST.get("proof", "")
    return next((one for one in vote.rules.proofs if one.value == given), vote.rules.proofs[0])


def _has_provider() -> bool:
    return bool(settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"])


def _kept_back(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    return answer
