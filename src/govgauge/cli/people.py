"""`govgauge people`: who works in the office, for its first administrator and for a server without pages."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Unusable

if TYPE_CHECKING:
    from govgauge.office.models import Person, RoleKind, Round

app = typer.Typer(help="人员 (people and their roles).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
Email = Annotated[str, typer.Argument(metavar="EMAIL", help="邮箱 (e-mail address).")]
RoundName = Annotated[str, typer.Option("--round", help="只在这次评估中；省略则在所有评估中 (in this round only).")]
ScopeKey = Annotated[str, typer.Option("--scope", help="代表的单位或地区，如 某省/某市 (subject or region).")]


@app.callback()
def by_command(context: typer.Context) -> None:
    """人员 (people and their roles)."""
    from govgauge.office.by_command import given

    context.with_resource(given())


@app.command("add")
def add(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="姓名 (name).")] = "",
    role: Annotated[str, typer.Option("--role", help="角色，如 administrator (role).")] = "administrator",
    round_name: RoundName = "",
    scope: ScopeKey = "",
    at: Annotated[str, typer.Option("--at", help="网页的地址 (address of the pages).")] = "http://127.0.0.1:8800",
    home: Home = None,
) -> None:
    """邀请一个人，显示只能用一次的链接 (invite somebody; prints a link that works once)."""
    from govgauge.office.start import start

    start(home)
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    from govgauge.office.domain import invitations
    from govgauge.office.domain.acting import PROGRAM

    try:
        validate_email(email.strip())
    except ValidationError:
        raise Unusable(f"“{email}”不是邮箱地址；请写成 name@example.gov.cn (no e-mail address).") from None
    kind, round_ = _kind(role), _round(round_name)
    made, secret = invitations.invite(PROGRAM, email, kind=kind, name=name, round_=round_, scope=scope)
    print(
        f"请 {name or email} 在 {made.expires_at:%Y-%m-%d} 前打开这个链接，设置口令 (open this link, it works once)："
    )
    print(f"{at.rstrip('/')}/invitation/{secret}/")


@app.command("list")
def list_(
    home: Home = None, as_json: Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")] = False
) -> None:
    """全部人员 (everybody)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.models import Person

    everybody = Person.objects.prefetch_related("roles__round").order_by("email")
    rows = [{"email": one.email, "name": one.name, "active": one.is_active, "roles": _roles(one)} for one in everybody]
    if as_json:
        rows = [
            {"email": one.email, "name": one.name, "active": one.is_active, "roles": _roles(one)} for one in everybody
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for one in everybody:
        ended = "" if one.is_active else "（已停用 ended）"
        print(f"{one.email}  {one.name}{ended}  {'、'.join(_roles(one)) or '没有角色 (no role)'}")
    if not everybody:
        print("还没有人员；请用 govgauge people add 邀请第一位管理员 (nobody yet).")


@app.command("role")
def role(
    email: Email,
    kind: Annotated[str, typer.Argument(metavar="ROLE", help="角色 (role).")],
    round_name: RoundName = "",
    scope: ScopeKey = "",
    home: Home = None,
) -> None:
    """给一个人角色 (give somebody a role)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import roles
    from govgauge.office.domain.acting import PROGRAM

    person = _person(email)
    given = roles.give(PROGRAM, person, _kind(kind), round_=_round(round_name), scope=scope)
    print(f"{person} 现在是{given.get_kind_display()} (role given).")


@app.command("end")
def end(
    email: Email,
    kind: Annotated[str, typer.Option("--role", help="只收回这个角色；省略则停用账号 (only this role).")] = "",
    home: Home = None,
) -> None:
    """收回角色，或停用账号 (take a role away, or end an account)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import people, roles
    from govgauge.office.domain.acting import PROGRAM

    person = _person(email)
    if not kind:
        people.let_in_no_more(PROGRAM, person)
        print(f"{person} 的账号已停用 (account ended).")
        return
    held = list(person.roles.filter(kind=_kind(kind), ended_at=None).select_related("person", "round"))
    if not held:
        raise Unusable(f"{person} 没有这个角色；请用 govgauge people list 查看 (does not have this role).")
    for one in held:
        roles.end(PROGRAM, one)
    print(f"已收回 {person} 的角色 (role ended).")


def _person(email: str) -> "Person":
    from govgauge.office.models import Person

    found = Person.objects.filter(email__iexact=email.strip()).first()
    if found is None:
        raise Unusable(f"没有邮箱为 {email} 的人员；请用 govgauge people list 查看 (nobody of this address).")
    return found


def _kind(name: str) -> "RoleKind":
    from govgauge.office.models import RoleKind

    for kind in RoleKind:
        if name in {kind.value, kind.label}:
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in RoleKind)
    raise Unusable(f"没有角色“{name}”；可用：{known} (no such role).")


def _round(slug: str) -> "Round | None":
    from govgauge.office.domain import rounds

    return rounds.find(slug) if slug else None


def _roles(person: "Person") -> list[str]:
    return [
        one.get_kind_display()
        + (f"（{one.scope}）" if one.scope else "")
        + (f"[{one.round.slug}]" if one.round is not None else "")
        for one in person.roles.all()
        if one.ended_at is None
    ]
