"""People: added by an invitation, renamed, let in no more, let in again."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.domain import roles
from govgauge.office.domain.acting import PROGRAM, Acting, NotAllowed, noted, noted_plainly
from govgauge.office.models import Person


@transaction.atomic
def add(email: str, name: str, password: str | None) -> Person:
    """Somebody new whose address is known to be theirs. Raises Unusable when there is somebody of that address."""
    address = email.strip().lower()
    if Person.objects.filter(email__iexact=address).exists():
        raise Unusable(f"{address} 已有账号，请登录 (there is an account of this address).")
    person = Person(email=address, name=name.strip()[:60] or address.partition("@")[0])
    person.set_password(password)
    with noted(PROGRAM, "person.add", person):
        person.save()
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person


def rename(acting: Acting, person: Person, *, name: str, organisation: str, phone: str) -> None:
    """Change how somebody is called and reached: by themselves, or by who looks after people. Raises NotAllowed."""
    if acting.person is None or acting.person.pk != person.pk:
        roles.need(acting, None)
    with noted(acting, "person.change", person):
        person.name, person.organisation, person.phone = name.strip(), organisation.strip(), phone.strip()
        person.save(update_fields=["name", "organisation", "phone"])


@transaction.atomic
def let_in_no_more(acting: Acting, person: Person, reason: str = "") -> None:
    """End somebody's account: their sessions end at once; what they did stays. Raises NotAllowed, Unusable."""
    roles.need(acting, None)
    roles.keep_an_administrator([person])
    locked = Person.objects.select_for_update().get(pk=person.pk)
    with noted(acting, "person.end", locked, reason=reason):
        locked.is_active = False
        locked.save(update_fields=["is_active"])
    end_sessions(locked)


def let_in_again(acting: Acting, person: Person) -> None:
    """Open an account that was ended; its roles are those that it had. Raises NotAllowed."""
    roles.need(acting, None)
    with noted(acting, "person.reopen", person):
        person.is_active = True
        person.save(update_fields=["is_active"])


def drop_second_factors(acting: Acting, person: Person) -> None:
    """For somebody who lost their telephone: they set a second factor up anew. Raises NotAllowed."""
    roles.need(acting, None)
    if acting.person is not None and acting.person.pk == person.pk:
        raise NotAllowed("不能在这里清除自己的双重验证；请到“我的账号”中更换 (not one's own).")
    with transaction.atomic():
        held = Authenticator.objects.filter(user=person)
        there = sorted(held.values_list("type", flat=True))
        held.delete()
        noted_plainly(acting, "person.drop-second-factors", person, before={"second_factors": there}, after={})
    end_sessions(person)


def end_sessions(person: Person) -> None:
    """Sign somebody out wherever they are."""
    for session in UserSession.objects.filter(user=person):
        session.end()
