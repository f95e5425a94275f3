"""Telling those who nominated a case what became of it: in the workspace, or by mail where they have no account."""

from collections.abc import Mapping

from govgauge.office import mail
from govgauge.office.domain import notices
from govgauge.office.domain.public_links import new_link
from govgauge.office.domain.screening_rights import nominators_of
from govgauge.office.models import Case, NominationKind, Person
from govgauge.office.notice_texts import text, title
from govgauge.office.outbox.mail import link


def tell_nominators(case: Case, event: str, facts: Mapping[str, str]) -> None:
    """Tell them; call it in the transaction of what is told. `facts` come beside the names of case and round."""
    whole = {"case": case.name, "round": case.call.round.title, **facts}
    if case.kind == NominationKind.PUBLIC:
        mail.post([case.proposer_email], title(event, whole), text(event, whole), link(new_link(case)))
        return
    people = Person.objects.filter(pk__in=nominators_of(case) | {case.nominated_by_id or 0})
    address = f"/nominations/{case.pk}/"
    notices.tell(people, event, whole, address=address, round_=case.call.round, entry=case.entry)
