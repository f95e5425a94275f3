"""Deciding about registrations: returned with a reason, or accepted, by which the body is in the round."""

from collections import Counter

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.domain import entries, freezing, notices, updating
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.registrations import UNDER_REVIEW, add_step, entry_of, state_of
from govgauge.office.lines import Line
from govgauge.office.models import (
    ChangeKind,
    Entry,
    Person,
    Registration,
    RegistrationStep,
    RegistrationStepKind,
    Round,
)
from govgauge.subjects.keys import SEPARATOR
from govgauge.systems import library
from govgauge.systems.model import Status

LONGEST_GROUP = 60
"""Characters of a group's name."""


@transaction.atomic
def send_back(acting: Acting, registration: Registration, reason: str, seen: int | None = None) -> None:
    """Return it with a reason; `seen` as in `accept`. Raises NotAllowed, Unusable."""
    current = _locked(acting, registration, seen)
    if not reason.strip():
        raise Unusable("退回时请写明理由，让报名单位知道要改什么 (a reason is needed).")
    add_step(acting, current, RegistrationStepKind.RETURNED, reason)
    _tell_body(current, "registration-returned", reason)


@transaction.atomic
def accept(acting: Acting, registration: Registration, group: str, seen: int | None = None, way: str = "") -> Entry:
    """Accept it: the body is in the round, in a group (used only where it was not in the lists), with this site.
    `way` is one of `ways_for`, by which the first body of an empty round is assessed; others go by their group.

    `seen` is the number of the last step that the person saw: nobody decides about a form that was handed in anew
    meanwhile. Raises NotAllowed, or Unusable when its entry cannot be made: the site is somebody else's, no such group,
    or the list was frozen and would be changed.
    """
    current = _locked(acting, registration, seen)
    round_ = current.round
    listed = entry_of(current)
    if told := change_of_frozen(current, listed):
        raise Unusable(told)
    made = listed or _new_entry(current, group, way)
    if made.url != current.url:
        _move_site(acting, current, made)
    with noted(acting, "registration.accept", current, round_=round_, entry=made):
        current.entry = made
        current.save(update_fields=["entry"])
    add_step(acting, current, RegistrationStepKind.ACCEPTED)
    _tell_body(current, "registration-accepted", "")
    return made


def change_of_frozen(registration: Registration, listed: Entry | None) -> str:
    """Why it cannot be accepted as the list was frozen; empty when it can, as nothing of the list would change."""
    round_ = registration.round
    if not freezing.is_list_frozen(round_) or (listed is not None and listed.url == registration.url):
        return ""
    change = "名单中没有这个单位" if listed is None else f"名单中的网站是 {listed.url or '（无）'}"
    verb = "add" if listed is None else "update"
    return (
        f"“{round_.title}”的名单已经冻结，{change}，受理会改变名单；请退回并写明理由，"
        f"或由管理员先用 round {verb} 加 --anyway 改名单，再来受理 (the list of the round is frozen)."
    )


def doubles(registration: Registration) -> list[str]:
    """What speaks against it: the same site or the same body is in the round, or registered, already."""
    round_, found = registration.round, []
    site = entries.site_of(registration.url) if registration.url else ""
    if site:
        for key, url in round_.entries.exclude(url="").exclude(key=registration.key).values_list("key", "url"):
            if entries.site_of(url) == site:
                found.append(f"网站已属于名单中的“{key}”")
        others = (
            Registration.objects.filter(round=round_)
            .exclude(pk=registration.pk)
            .exclude(url="")
            .values_list("key", "url")
        )
        found += [f"“{key}”报名的是同一个网站" for key, url in others if entries.site_of(url) == site]
    same_name = round_.entries.filter(name=registration.name).exclude(key=registration.key)
    found += [f"名单中已有同名的“{key}”，请核对上级" for key in same_name.values_list("key", flat=True)[:5]]
    return found


def groups_for(registration: Registration) -> list[str]:
    """The groups of the round, the one of the body's neighbours first."""
    counted = Counter(registration.round.entries.filter(parent=registration.parent).values_list("group", flat=True))
    groups = list(registration.round.entries.order_by("group").values_list("group", flat=True).distinct())
    return sorted(groups, key=lambda group: (-counted[group], group))


def ways_for(round_: Round) -> dict[str, str]:
    """By what the first body of a round can be assessed, and its words: systems with their profiles. None where there
    are bodies already, whose groups tell it."""
    if round_.entries.exists():
        return {}
    systems = [one for one in map(library.system, library.system_ids()) if one.status is not Status.OUTLINE]
    return {f"{one.id} {way.id}": f"{one.title} · {way.title}" for one in reversed(systems) for way in one.profiles}


def _new_entry(registration: Registration, group: str, way: str) -> Entry:
    round_ = registration.round
    system, profile = _way(round_, group, way)
    line = Line(
        number=0,
        name=registration.name,
        parent=registration.parent,
        group=group.strip()[:LONGEST_GROUP],
        url=registration.url,
        system=system,
        profile=profile,
        region=registration.parent.partition(SEPARATOR)[0],
    )
    entries.add(round_, [line], strict=True)
    return round_.entries.get(key=registration.key, system=system)


def _way(round_: Round, group: str, way: str) -> tuple[str, str]:
    """System and profile of a group."""
    if ways := ways_for(round_):
        if way not in ways or not group.strip():
            raise Unusable("名单还是空的，请写明组名，并选择指标体系和权重档 (name group and system).")
        system, _, profile = way.partition(" ")
        return system, profile
    found = round_.entries.filter(group=group).order_by("id").first()
    if found is None:
        raise Unusable(f"“{round_.title}”中没有“{group}”组；请选择已有的组 (no such group).")
    return found.system, found.profile


def _move_site(acting: Acting, registration: Registration, entry: Entry) -> None:
    round_ = registration.round
    made = Entry(round=round_, key=entry.key, group=entry.group, url=registration.url)
    if clash := entries.Book(round_).clash_of_site(made):
        raise Unusable(f"{clash} (the site is another's).")
    changes = [
        updating.Change(
            key=one.key,
            system=one.system,
            kind=ChangeKind.SITE_MOVED if one.url else ChangeKind.SITE_FOUND,
            before=one.url,
            after=registration.url,
        )
        for one in round_.entries.filter(key=entry.key, url=entry.url)  # other sites of the body stay as they are
    ]
    updating.apply(round_, changes, by=str(acting.person or ""))
    entry.refresh_from_db()


def _locked(acting: Acting, registration: Registration, seen: int | None) -> Registration:
    acting.need(Verb.DECIDE_REGISTRATION, round_=registration.round)
    related = Registration.objects.select_related("round", "entry", "letter")
    current = related.select_for_update(of=("self",)).get(pk=registration.pk)
    state = state_of(current)
    if state not in UNDER_REVIEW:
        raise Unusable(f"这份报名{state.label}，不能再处理；请刷新网页查看 (it is {state.value}).")
    if seen is not None and seen != current.steps.latest("id").pk:
        raise Unusable("报名单位刚刚撤回并重新提交过；下面是现在的报名表，请核对后再定 (handed in anew meanwhile).")
    return current


def _tell_body(registration: Registration, event: str, reason: str) -> None:
    steps = RegistrationStep.objects.filter(registration=registration, kind__in=_OF_BODY)
    body = Person.objects.filter(pk__in=steps.values("by"))
    facts: dict[str, str | int] = {"body": registration.key, "round": registration.round.title}
    notices.tell(
        body,
        event,
        {**facts, "reason": reason} if reason else facts,
        address=f"/registrations/{registration.pk}/",
        round_=registration.round,
    )


_OF_BODY = (
    RegistrationStepKind.DRAFTED,
    RegistrationStepKind.SUBMITTED,
    RegistrationStepKind.CORRECTED,
    RegistrationStepKind.WITHDRAWN,
)
