"""Who may do what: one table, and the questions asked of it."""

from enum import StrEnum

from govgauge.office.models import RoleKind


class Verb(StrEnum):
    """What can be done in the office. A page or an endpoint asks for exactly one of these."""

    SEE_ROUND = "see-round"
    """Progress, lists, results of a round before publication."""
    SEE_ENTRY = "see-entry"
    """A subject's own preliminary answers and findings."""
    SEE_TRAIL = "see-trail"
    RUN_ROUND = "run-round"
    """Open, fill, pause, freeze, recompute, publish."""
    MANAGE_PEOPLE = "manage-people"
    EDIT_INDICATORS = "edit-indicators"
    COMMENT_INDICATORS = "comment-indicators"
    REGISTER = "register"
    DECIDE_REGISTRATION = "decide-registration"
    PLAN_COLLECTION = "plan-collection"
    CODE = "code"
    """Answer a check that was assigned."""
    RECORD_FIELD_TEST = "record-field-test"
    REVIEW = "review"
    ADJUDICATE = "adjudicate"
    REOPEN_ANSWER = "reopen-answer"
    """Take an accepted answer out, so that it is collected again."""
    OBJECT = "object"
    DECIDE_OBJECTION = "decide-objection"
    NOTIFY_FINDING = "notify-finding"
    """Send findings to the body that has to put them right, urge, escalate."""
    REPORT_REMEDY = "report-remedy"
    """Claim a finding, report it fixed or not needing a fix."""
    DECIDE_REMEDY = "decide-remedy"
    """The office's second review of wording, sensitive and alien-link findings."""
    CHECK_OWN_SITE = "check-own-site"
    SEE_REGION = "see-region"
    """What stands open at the bodies of a region, and what was urged."""
    NOMINATE = "nominate"
    SCREEN_CASE = "screen-case"
    JUDGE_CASE = "judge-case"
    CHAIR_PANEL = "chair-panel"


class Reach(StrEnum):
    """How far a role's right goes."""

    ALL = "all"
    OWN = "own"
    """Entries of the subject that the role stands for."""
    REGION = "region"
    """Entries whose key begins with the region that the role looks after."""
    ASSIGNED = "assigned"
    """What was given to this person."""


_OFFICE_SEES = {Verb.SEE_ROUND: Reach.ALL, Verb.SEE_ENTRY: Reach.ALL}

GRANTS: dict[RoleKind, dict[Verb, Reach]] = {
    RoleKind.ADMINISTRATOR: {
        **_OFFICE_SEES,
        Verb.SEE_TRAIL: Reach.ALL,
        Verb.RUN_ROUND: Reach.ALL,
        Verb.MANAGE_PEOPLE: Reach.ALL,
        Verb.EDIT_INDICATORS: Reach.ALL,
        Verb.COMMENT_INDICATORS: Reach.ALL,
        Verb.DECIDE_REGISTRATION: Reach.ALL,
        Verb.PLAN_COLLECTION: Reach.ALL,
        Verb.REOPEN_ANSWER: Reach.ALL,
        Verb.DECIDE_OBJECTION: Reach.ALL,
        Verb.NOTIFY_FINDING: Reach.ALL,
        Verb.DECIDE_REMEDY: Reach.ALL,
        Verb.CHECK_OWN_SITE: Reach.ALL,
        Verb.SEE_REGION: Reach.ALL,
        Verb.SCREEN_CASE: Reach.ALL,
        Verb.CHAIR_PANEL: Reach.ALL,
    },
    RoleKind.INDICATOR_EDITOR: {
        **_OFFICE_SEES,
        Verb.EDIT_INDICATORS: Reach.ALL,
        Verb.COMMENT_INDICATORS: Reach.ALL,
    },
    RoleKind.COLLECTOR: {Verb.CODE: Reach.ASSIGNED, Verb.RECORD_FIELD_TEST: Reach.ASSIGNED},
    RoleKind.REVIEWER: {
        **_OFFICE_SEES,
        Verb.REVIEW: Reach.ALL,
        Verb.NOTIFY_FINDING: Reach.ALL,
        Verb.DECIDE_REMEDY: Reach.ALL,
        Verb.SCREEN_CASE: Reach.ALL,
    },
    RoleKind.ADJUDICATOR: {
        **_OFFICE_SEES,
        Verb.ADJUDICATE: Reach.ALL,
        Verb.REOPEN_ANSWER: Reach.ALL,
        Verb.DECIDE_OBJECTION: Reach.ALL,
    },
    RoleKind.EXPERT: {Verb.COMMENT_INDICATORS: Reach.ALL, Verb.NOMINATE: Reach.ALL, Verb.JUDGE_CASE: Reach.ASSIGNED},
    RoleKind.ASSESSED: {
        Verb.SEE_ENTRY: Reach.OWN,
        Verb.REGISTER: Reach.OWN,
        Verb.OBJECT: Reach.OWN,
        Verb.REPORT_REMEDY: Reach.OWN,
        Verb.CHECK_OWN_SITE: Reach.OWN,
        Verb.NOMINATE: Reach.OWN,
        Verb.COMMENT_INDICATORS: Reach.ALL,
    },
    RoleKind.SUPERVISOR: {
        Verb.SEE_ENTRY: Reach.REGION,
        Verb.SEE_REGION: Reach.REGION,
        Verb.REGISTER: Reach.REGION,
        Verb.NOMINATE: Reach.REGION,
        Verb.COMMENT_INDICATORS: Reach.ALL,
    },
    RoleKind.OBSERVER: {**_OFFICE_SEES},
}
"""A collector sees no running score: collecting gives no right to see the round."""


def within(key: str, scope: str) -> bool:
    """Whether a subject's key is the one of a scope, or lies below it."""
    return key == scope or key.startswith(f"{scope}/")
