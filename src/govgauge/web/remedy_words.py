"""The words of the screen for the states of remedies, their steps, and looks that bodies asked for."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.models import LookedAs, RemedyState, RemedyStepKind

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
