"""Which publication an address names, and whether its reader may see it: nothing that is not published is shown."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import (
    Person,
    Publication,
    PublicationState,
    PublicationStep,
    PublishedGroup,
    PublishedSubject,
    RoleKind,
    Round,
)
from govgauge.office.queries import publications
from govgauge.web.access import acting_of


class Reading(Struct, frozen=True):
    """A publication as an address names it: `number` where it names a version, `is_preview` before it is public."""

    publication: Publication
    number: int | None = None

    @property
    def round(self) -> Round:
        return self.publication.round

    @property
    def is_preview(self) -> bool:
        return self.publication.state == PublicationState.PREPARED

    @property
    def is_replaced(self) -> bool:
        return self.publication.state == PublicationState.REPLACED

    @property
    def has_current(self) -> bool:
        """Whether something of its round holds now."""
        return Publication.objects.filter(round=self.publication.round_id, state=PublicationState.PUBLIC).exists()

    def address(self, name: str, **more: object) -> str:
        """The address of a page of this publication, of the same version where one is named."""
        named = {} if self.number is None else {"number": self.number}
        return reverse(name, kwargs={"slug": self.round.slug, **named, **more})

    def subject_address(self, row: PublishedSubject) -> str:
        """The page of a subject, as this publication shows it."""
        return f"{reverse('portal-subject', args=[row.subject_id])}?of={self.named}&in={row.group.place + 1}"

    @property
    def named(self) -> str:
        """How an address names it: `2025`, or `2025/1`."""
        return self.round.slug if self.number is None else f"{self.round.slug}/{self.number}"

    def group(self, place: int) -> PublishedGroup:
        """The group of a place, counted from 1. Raises Http404."""
        found = self.publication.groups.defer("facts").filter(place=place - 1).first()
        if found is None:
            raise Http404(_("“%(title)s”没有这个组；请从该评估的页面选择。") % {"title": self.publication.title})
        found.publication = self.publication
        return found


class Withdrawn(Exception):
    """What was asked for was public, and was taken back."""

    def __init__(self, publication: Publication) -> None:
        super().__init__(str(publication))
        self.publication = publication

    @property
    def step(self) -> PublicationStep | None:
        """When it was taken back, and why."""
        return self.publication.steps.filter(kind=PublicationState.WITHDRAWN).order_by("-id").first()


def reading(request: HttpRequest, slug: str, number: int | None = None) -> Reading:
    """What an address names. Raises Http404; Withdrawn."""
    found = publications.version(slug, number)
    if found is None or not _may_see(request, found):
        if number is not None and (other := publications.version(slug, None)):
            raise Http404(
                _("《%(title)s》没有公布过第 %(n)s 版；请从该评估的页面选择。") % {"title": other.title, "n": number}
            )
        raise Http404(_("没有公布过名为“%(slug)s”的评估结果，或地址写错了；请从公布的评估中选择。") % {"slug": slug})
    if found.state == PublicationState.WITHDRAWN:
        raise Withdrawn(found)
    return Reading(found, number)


def named(request: HttpRequest, name: str) -> Reading:
    """The publication of a name such as `2025` or `2025/1`. Raises Http404; Withdrawn."""
    slug, _slash, number = name.partition("/")
    if number and not (number.isascii() and number.isdecimal() and len(number) < 7):
        raise Http404(_("地址中的版本写错了；请从该评估的页面选择。"))
    return reading(request, slug, int(number) if number else None)


def _may_see(request: HttpRequest, publication: Publication) -> bool:
    """Everybody what is or was public; those who see the round also what waits to be."""
    if publication.state in publications.TOLD_STEPS:
        return True
    if publication.state != PublicationState.PREPARED or not isinstance(request.user, Person):
        return False
    return any(
        Verb.SEE_ROUND in GRANTS[RoleKind(role.kind)]
        for role in acting_of(request).roles
        if role.round_id in {None, publication.round_id}
    )
