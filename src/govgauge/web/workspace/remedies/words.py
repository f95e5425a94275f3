"""The words of the screen for remedies, and what their pages have in common."""

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.audits.catalogue import UnknownAudit, texts
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Entry, LookedAs, RemedyState, RemedyStepKind, Round
from govgauge.web.access import acting_of
from govgauge.web.listing import Choice
from govgauge.web.workspace.asked import told_language

STATES: dict[str, Promise] = {
    RemedyState.PROPOSED: _("待二次审核"),
    RemedyState.DROPPED: _("不予通知"),
    RemedyState.NOTIFIED: _("待认领"),
    RemedyState.CLAIMED: _("整改中"),
    RemedyState.REPORTED: _("待复查"),
    RemedyState.UNJUDGED: _("无法复查"),
    RemedyState.EXPLAINED: _("说明待定"),
    RemedyState.EXCUSED: _("说明成立"),
    RemedyState.CONFIRMING: _("待确认销号"),
    RemedyState.CLOSED: _("已销号"),
}
STEPS: dict[str, Promise] = {
    RemedyStepKind.PROPOSED: _("提请二次审核"),
    RemedyStepKind.SECOND_REVIEW: _("二次审核"),
    RemedyStepKind.DROPPED: _("不予通知"),
    RemedyStepKind.NOTIFIED: _("通知单位"),
    RemedyStepKind.CLAIMED: _("认领"),
    RemedyStepKind.REPORTED_FIXED: _("报告已整改"),
    RemedyStepKind.REPORTED_NO_FIX: _("报告无需整改"),
    RemedyStepKind.RECHECK_ASKED: _("申请复查"),
    RemedyStepKind.SEEN_AGAIN: _("复查：仍在"),
    RemedyStepKind.UNSEEN: _("复查：未能判断"),
    RemedyStepKind.GONE: _("复查：已消除"),
    RemedyStepKind.STUCK: _("多次复查未能判断，请办公室决定"),
    RemedyStepKind.BY_HAND: _("人工核查：已消除"),
    RemedyStepKind.RETURNED: _("退回整改"),
    RemedyStepKind.EXCUSED: _("说明成立"),
    RemedyStepKind.LAPSED: _("说明失效"),
    RemedyStepKind.CLOSED: _("销号"),
    RemedyStepKind.REOPENED: _("再次出现"),
    RemedyStepKind.POSTPONED: _("延期"),
    RemedyStepKind.URGED: _("催办"),
    RemedyStepKind.ESCALATED: _("上报主管"),
}
LOOKS: dict[str, Promise] = {
    LookedAs.WAITING: _("单位申请复查，等待中"),
    LookedAs.THERE: _("单位申请复查：仍在"),
    LookedAs.GONE: _("单位申请复查：已不见"),
    LookedAs.UNKNOWN: _("单位申请复查：未能判断"),
}
TONES = {
    RemedyState.NOTIFIED: "is-failed",
    RemedyState.CLAIMED: "is-running",
    RemedyState.REPORTED: "is-running",
    RemedyState.UNJUDGED: "is-paused",
    RemedyState.EXPLAINED: "is-paused",
    RemedyState.PROPOSED: "is-paused",
    RemedyState.CONFIRMING: "is-paused",
    RemedyState.CLOSED: "is-done",
    RemedyState.EXCUSED: "is-done",
}
"""Classes of the style sheet; the words tell the state, the colour only helps."""
OFFICE_ONLY = (RemedyState.PROPOSED, RemedyState.DROPPED)


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
