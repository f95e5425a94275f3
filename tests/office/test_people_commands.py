"""People on the command line: the first administrator, roles, ended accounts."""

import json
import re

import pytest
from offices import govgauge, govgauge_fails

from govgauge.errors import Unusable
from govgauge.office.domain import invitations, people, roles
from govgauge.office.domain.acting import PROGRAM, NotAllowed, acting_as
from govgauge.office.models import Change, Invitation, Person, RoleKind


def test_the_first_administrator_gets_a_link_and_no_password_is_said() -> None:
    told = govgauge("people", "add", "Wang@Example.test", "--name", "王主任", "--at", "https://pc.example.test/")
    found = re.search(r"https://pc\.example\.test/invitation/(\S+)/", told)
    assert found
    made = Invitation.objects.get()
    assert (made.email, made.kind, made.invited_by) == ("wang@example.test", "administrator", None)
    assert found.group(1) not in str(list(Change.objects.values()))
    invitations.accept_as_new(found.group(1), name="", password="korrekt-pferd-batterie")
    listed = json.loads(govgauge("people", "list", "--json"))
    assert listed == [{"email": "wang@example.test", "name": "王主任", "active": True, "roles": ["管理员"]}]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("add", "keine"), "不是邮箱地址"),
        (("add", "a@example.test", "--role", "king"), "没有角色“king”"),
        (("add", "a@example.test", "--role", "assessed"), "请选择范围"),
        (("add", "a@example.test", "--round", "nowhere"), "没有名为“nowhere”"),
        (("role", "a@example.test", "observer"), "没有邮箱为 a@example.test 的人员"),
        (("end", "a@example.test"), "没有邮箱为 a@example.test 的人员"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(arguments: tuple[str, ...], told: str) -> None:
    assert told in govgauge_fails("people", *arguments)


def test_roles_and_accounts_are_ended_but_for_the_last_administrator() -> None:
    person = people.add("a@example.test", "甲", None)
    roles.give(PROGRAM, person, RoleKind.ADMINISTRATOR)
    govgauge("people", "role", "a@example.test", "observer")
    govgauge("people", "end", "a@example.test", "--role", "observer")
    assert "最后一位管理员" in govgauge_fails("people", "end", "a@example.test")
    roles.give(PROGRAM, people.add("b@example.test", "乙", None), RoleKind.ADMINISTRATOR)
    govgauge("people", "end", "a@example.test")
    assert "已停用" in govgauge("people", "list")
    assert not Person.objects.get(email="a@example.test").is_active


def test_nobody_gives_roles_without_the_right_to() -> None:
    reviewer = people.add("r@example.test", "复核", None)
    roles.give(PROGRAM, reviewer, RoleKind.REVIEWER)
    acting = acting_as(reviewer)
    for verb in (
        lambda: roles.give(acting, reviewer, RoleKind.ADMINISTRATOR),
        lambda: invitations.invite(acting, "x@example.test", kind=RoleKind.OBSERVER),
        lambda: people.let_in_no_more(acting, reviewer),
    ):
        with pytest.raises(NotAllowed):
            verb()
    with pytest.raises(Unusable, match="已经有这个角色"):
        roles.give(PROGRAM, reviewer, RoleKind.REVIEWER)


def test_an_outside_account_is_let_in_when_it_is_known_or_invited() -> None:
    assert invitations.accept_from_outside("x@example.test", "谁") is None
    invitations.invite(PROGRAM, "x@example.test", kind=RoleKind.OBSERVER)
    invitations.invite(PROGRAM, "x@example.test", kind=RoleKind.EXPERT)
    person = invitations.accept_from_outside("X@example.test", "谁")
    assert person is not None
    assert set(person.roles.values_list("kind", flat=True)) == {"observer", "expert"}
    assert not person.has_usable_password()
    person.is_active = False
    person.save()
    made, _secret = invitations.invite(PROGRAM, "x@example.test", kind=RoleKind.REVIEWER)
    assert invitations.accept_from_outside("x@example.test", "谁") is None
    made.refresh_from_db()
    assert made.accepted_at is None
