"""What is done on the page of versions: prepare, publish, withdraw, give up, make documents; long work beside."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from govgauge.errors import Unusable
from govgauge.office import publishing_process
from govgauge.office.domain import publications, publishing_runs
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.publication_documents import FORMS, KINDS
from govgauge.office.domain.publishing_runs import Asked
from govgauge.office.models import Publication, Round
from govgauge.reports.about import Shows
from govgauge.web import told
from govgauge.web.access import acting_of, page
from govgauge.web.workspace.asked import LARGEST, round_of

LONGEST_ISSUER, LONGEST_NOTE = 60, 500
SHOWN = ("answers", "findings", "ranks", "points")


@page(Verb.RUN_ROUND)
@require_POST
def prepare(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to prepare a version."""
    shows = Shows(**{name: request.POST.get(name) == "1" for name in SHOWN})
    issuer = _text(request, "issuer", LONGEST_ISSUER)
    asked = Asked(shows=shows, issuer=issuer, note=_text(request, "note", LONGEST_NOTE))
    verb = partial(_prepare, acting_of(request), round_of(slug), asked)
    return told.done(request, verb, _("已开始准备，完成后出现在下面的版本中。"), _here(slug))


@page(Verb.RUN_ROUND)
@require_POST
def documents(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Begin to make the documents of a version."""
    kinds = tuple(kind for kind in KINDS if kind in request.POST.getlist("kind"))
    forms = tuple(form for form in FORMS if form in request.POST.getlist("form"))
    verb = partial(_documents, acting_of(request), _version(slug, number), kinds, forms)
    return told.done(request, verb, _("已开始生成文件，可以离开本页。"), _here(slug))


@page(Verb.RUN_ROUND)
@require_POST
def publish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Make a version public."""
    note = _text(request, "note", LONGEST_NOTE)
    verb = partial(publications.publish, acting_of(request), _version(slug, number), note)
    return told.done(request, verb, _("已公布，公众现在可以看到。"), _here(slug))


@page(Verb.RUN_ROUND)
@require_POST
def withdraw(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take a public version back."""
    reason = _text(request, "reason", LONGEST_NOTE)
    verb = partial(publications.withdraw, acting_of(request), _version(slug, number), reason)
    return told.done(request, verb, _("已撤回，理由公开显示。"), _here(slug))


@page(Verb.RUN_ROUND)
@require_POST
def discard(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Give a prepared version up."""
    reason = _text(request, "reason", LONGEST_NOTE)
    verb = partial(publications.discard, acting_of(request), _version(slug, number), reason)
    return told.done(request, verb, _("已作废。"), _here(slug))


@page(Verb.RUN_ROUND)
@require_POST
def restore(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Undo a withdrawal or a discarding."""
    reason = _text(request, "reason", LONGEST_NOTE)
    verb = partial(publications.restore, acting_of(request), _version(slug, number), reason)
    return told.done(request, verb, _("已恢复。"), _here(slug))


def _prepare(acting: Acting, round_: Round, asked: Asked) -> None:
    publishing_process.begin(publishing_runs.begin_prepare(acting, round_, asked).pk)


def _documents(acting: Acting, publication: Publication, kinds: tuple[str, ...], forms: tuple[str, ...]) -> None:
    if not kinds or not forms:
        raise Unusable("请至少选择一种文件和一种格式 (choose a kind and a form).")
    asked = Asked(kinds=kinds, forms=forms)
    publishing_process.begin(publishing_runs.begin_documents(acting, publication, asked).pk)


def _version(slug: str, number: int) -> Publication:
    found = round_of(slug).publications.select_related("round").filter(number=min(number, LARGEST)).first()
    if found is None:
        raise Http404(_("没有这个版本；请从公布页选择。"))
    return found


def _text(request: HttpRequest, name: str, longest: int) -> str:
    return request.POST.get(name, "").replace("\x00", "").strip()[:longest]


def _here(slug: str) -> str:
    return reverse("publishing", args=[slug])
