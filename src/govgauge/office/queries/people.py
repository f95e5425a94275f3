"""People and invitations as lists show them: only those whom the reader looks after."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from msgspec import Struct

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import GRANTS, Verb
from govgauge.office.models import Change, Invitation, Person, Role, RoleKind

PEOPLE_SORTS = {"name": "name", "email": "email", "last": "last_login", "joined": "joined_at"}


class PeopleSieve(Struct, frozen=True):
    """What a list of people is to show."""

    kind: str = ""
    text: str = ""
    active: str = ""


def rounds_of(acting: Acting, verb: Verb) -> set[int] | None:
    """The rounds in which somebody may do something; None: in all."""
    held = [role for role in acting.roles if verb in GRANTS[RoleKind(role.kind)]]
    if acting.person is None or any(role.round_id is None for role in held):
        return None
    return {role.round_id for role in held if role.round_id is not None}


def people(acting: Acting, sieve: PeopleSieve, sort: str) -> QuerySet[Person]:
    """People with their roles in force, in two queries."""
    in_force = Role.objects.filter(ended_at=None)
    mine = rounds_of(acting, Verb.MANAGE_PEOPLE)
    found = Person.objects.all()
    if mine is not None:
        found = found.filter(Exists(in_force.filter(person=OuterRef("pk"), round__in=mine)))
        in_force = in_force.filter(round__in=mine)
    if sieve.kind:
        found = found.filter(Exists(in_force.filter(person=OuterRef("pk"), kind=sieve.kind)))
    if sieve.active:
        found = found.filter(is_active=sieve.active == "yes")
    for word in sieve.text.split():
        found = found.filter(
            Q(name__icontains=word) | Q(email__icontains=word) | Q(organisation__icontains=word)
            | Exists(in_force.filter(person=OuterRef("pk"), scope__icontains=word))
        )  # fmt: skip
    order = PEOPLE_SORTS[sort.removeprefix("-")]
    with_roles = Prefetch("roles", in_force.select_related("round").order_by("kind", "scope"), "in_force")
    return found.order_by(f"-{order}" if sort.startswith("-") else order, "id").prefetch_related(with_roles)


def person(acting: Acting, number: int) -> Person | None:
    """Somebody whom the reader looks after."""
    return people(acting, PeopleSieve(), "name").filter(pk=number).first()


def invitations(acting: Acting) -> QuerySet[Invitation]:
    """Invitations, the newest first."""
    mine = rounds_of(acting, Verb.MANAGE_PEOPLE)
    found = Invitation.objects.select_related("round", "invited_by", "accepted_by").order_by("-id")
    return found if mine is None else found.filter(round__in=mine)


def changes_by(acting: Acting, who: Person) -> QuerySet[Change]:
    """What somebody changed, as far as the reader may see it, the newest first."""
    mine = rounds_of(acting, Verb.SEE_TRAIL)
    found = who.trail.select_related("round", "entry").order_by("-id")
    return found if mine is None else found.filter(round__in=mine)
