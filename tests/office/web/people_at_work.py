"""People with roles, signed in: for tests without a browser, and as cookies for tests with one."""

from collections.abc import Mapping
from itertools import count

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client

from govgauge.office.models import Person, Role, RoleKind, Round

_NUMBER = count(1)
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def somebody(
    kind: RoleKind | None = None, *, round_: Round | None = None, scope: str = "", name: str = "", email: str = ""
) -> Person:
    """Somebody with a role (none without a kind), and a second factor where that role asks for one."""
    number = next(_NUMBER)
    person = Person.objects.create_user(email or f"p{number}@example.test", name=name or f"某人{number}")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    if kind is not None:
        give(person, kind, round_=round_, scope=scope)
    return person


def give(person: Person, kind: RoleKind, *, round_: Round | None = None, scope: str = "") -> Role:
    """One more role."""
    if kind in settings.MFA_ROLES:
        Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    return Role.objects.create(person=person, kind=kind, round=round_, scope=scope)


def signed_in(person: Person, client: Client | None = None) -> Client:
    """A visitor who has signed in as this person."""
    visitor = client or Client()
    visitor.force_login(person, backend=BACKEND)
    key = visitor.session.session_key
    UserSession.objects.create(user=person, session_key=key, ip="127.0.0.1", user_agent="test")
    return visitor


def at_work(kind: RoleKind, *, round_: Round | None = None, scope: str = "") -> Client:
    """A visitor who has signed in with a role."""
    return signed_in(somebody(kind, round_=round_, scope=scope))


def cookie_of(person: Person, address: str) -> Mapping[str, str]:
    """The cookie of somebody signed in, for a browser's context (`add_cookies`) at an address."""
    return {
        "name": settings.SESSION_COOKIE_NAME,
        "value": signed_in(person).cookies[settings.SESSION_COOKIE_NAME].value,
        "url": address,
    }
