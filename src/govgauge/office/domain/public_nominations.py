"""Nominations of citizens without an account: asked for on a public page, counted once their e-mail is proven.

Nothing here tells whether a case was nominated before, by whom, or whether an e-mail address is known.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office import mail
from govgauge.office.domain import nominations, stages
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.case_calls import rules_of
from govgauge.office.domain.case_forms import FIELDS, faults, fitting, is_email
from govgauge.office.domain.case_steps import state_of
from govgauge.office.domain.public_links import CONFIRM_WITHIN, REACHED_FOR, SECRET_BYTES, address_of, hashed
from govgauge.office.models import Case, CaseCall, CaseProposal, CaseStepKind, Entry, NominationKind
from govgauge.office.outbox.mail import link
from govgauge.office.reader_count import tidy

HOUR = timedelta(hours=1)
MOST_AN_HOUR_FROM_ADDRESS = 20
"""Nominations that one network address may ask for in an hour: a whole office may sit behind one."""
MOST_AN_HOUR_TO_EMAIL = 5
"""Mails to one address in an hour."""
MOST_AN_HOUR = 600
"""Of one call in an hour, whoever asks: as many as the whole call of 2025 had."""
ASKED = tuple(name for name in FIELDS if name not in {"contact", "phone", "email"})
"""The fields that a citizen fills in; their own name and address come beside them."""


def closed(call: CaseCall) -> str:
    """Why citizens cannot nominate now; empty when they can."""
    rules = rules_of(call)
    if NominationKind.PUBLIC not in rules.nominated_by:
        return f"这次征集不接受{NominationKind.PUBLIC.label} (this call takes no such nominations)."
    return nominations.closed(call, rules)


@transaction.atomic
def ask(
    call: CaseCall, entry: Entry, fields: Mapping[str, str], *, proposer: str, email: str, address: str
) -> CaseProposal:
    """Keep what a citizen nominated, and send them a link that proves their e-mail address. Raises Unusable."""
    if told := closed(call):
        raise stages.OutOfStage(told)
    whom, to = " ".join(tidy(proposer).split())[:60], email.strip().lower()
    if not whom or not is_email(to) or len(to) > 254:
        raise Unusable("请填写您的姓名和能收信的电子邮箱 (your name and e-mail address are needed).")
    _need_measure(call, address, to)
    acting = Acting(None, (), address)
    case = nominations.draft(acting, call, entry, NominationKind.PUBLIC)
    for name, value in fitting({name: fields.get(name, "") for name in ASKED}).items():
        setattr(case, name, value or getattr(case, name))
    case.proposer, case.proposer_email = whom, to
    case.save()
    missing = [one for one in faults(case, rules_of(call)) if not one.startswith("请填写案例网址；")]
    if missing:
        raise Unusable("；".join(missing) + " (the form is not complete).")
    secret = secrets.token_urlsafe(SECRET_BYTES)
    until = timezone.now() + CONFIRM_WITHIN
    made = CaseProposal.objects.create(case=case, token_hash=hashed(secret), address=address[:45], expires_at=until)
    _send(case, secret)
    return made


def of_secret(secret: str) -> Case | None:
    """The nomination of a link, while it is good."""
    related = Case.objects.select_related("call__round", "entry", "proposal")
    found = related.filter(proposal__token_hash=hashed(secret)).first()
    if found is None or found.proposal.expires_at <= timezone.now():
        return None
    return found


@transaction.atomic
def change(case: Case, fields: Mapping[str, str], seen: int, address: str) -> Case:
    """Write something else into the form, by its link. Raises as `nominations.save`."""
    wanted = {name: value for name, value in fields.items() if name in ASKED}
    return nominations.save(Acting(None, (), address), case, wanted, seen)


@transaction.atomic
def confirm(case: Case, address: str) -> Case:
    """Hand it in: who has the link has the address. Raises Unusable; a second time changes nothing."""
    held = CaseProposal.objects.select_for_update().get(case=case)
    if held.confirmed_at is not None and state_of(case) not in {CaseStepKind.RETURNED, CaseStepKind.WITHDRAWN}:
        return case
    made = nominations.submit(Acting(None, (), address), case)
    held.confirmed_at = timezone.now()
    held.expires_at = held.confirmed_at + REACHED_FOR
    held.save(update_fields=["confirmed_at", "expires_at"])
    return made


def withdraw(case: Case, address: str) -> Case:
    """Take it back, by its link. Raises Unusable."""
    return nominations.withdraw(Acting(None, (), address), case)


def _need_measure(call: CaseCall, address: str, email: str) -> None:
    """Raises Unusable when too much is asked for; the same sentence whichever limit it is."""
    lately = CaseProposal.objects.filter(asked_at__gt=timezone.now() - HOUR)
    from_address = address and lately.filter(address=address[:45]).count() >= MOST_AN_HOUR_FROM_ADDRESS
    to_email = lately.filter(case__proposer_email=email).count() >= MOST_AN_HOUR_TO_EMAIL
    if from_address or to_email or lately.filter(case__call=call).count() >= MOST_AN_HOUR:
        raise Unusable("推荐得太频繁，请一小时以后再试；您填写的内容还在下面 (too many nominations; try later).")


def _send(case: Case, secret: str) -> None:
    mail.post(
        [case.proposer_email],
        f"请确认您推荐的案例：{case.name}",
        f"{case.proposer}：您好！",
        f"有人用这个邮箱在“{case.call.title}”中推荐了 {case.entry.name} 的案例“{case.name}”。如果是您，请在三天内打开"
        "下面的链接，核对后提交；提交以后推荐才算数，也可以补充图片和附件。",
        link(address_of(case, secret)),
        "如果不是您，不必理会这封邮件：没有确认的推荐不会进入评选。",
    )
