"""What the pages of remedies have in common: the titles of audits, and the head."""

from django.http import HttpRequest

from govgauge.audits.catalogue import UnknownAudit, texts
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Entry, Round
from govgauge.web.access import acting_of
from govgauge.web.listing import Choice
from govgauge.web.workspace.asked import told_language


def audit_title(audit: str) -> str:
    """What an audit is called; its id where this program does not know it."""
    try:
        return texts(audit, told_language()).title
    except UnknownAudit:
        return audit


def audit_choices(audits: list[str]) -> list[Choice]:
    """Audits to choose from, by their titles."""
    return sorted((Choice(one, audit_title(one)) for one in audits), key=lambda one: str(one.title))


def head(request: HttpRequest, round_: Round) -> dict[str, object]:
    """What the head of these pages asks for: the round, what the reader may do in it, and their own bodies."""
    acting = acting_of(request)
    may = {verb.name.lower(): acting.may(verb, round_=round_) for verb in ASKED}
    own: list[Entry] = []
    if may["report_remedy"]:
        own = list(acting.entries(Verb.REPORT_REMEDY, round_).order_by("key"))
    return {"round": round_, "may": may, "own": own}


ASKED = (Verb.SEE_ROUND, Verb.NOTIFY_FINDING, Verb.DECIDE_REMEDY, Verb.REPORT_REMEDY, Verb.SEE_REGION, Verb.SEE_ENTRY)
