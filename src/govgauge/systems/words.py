"""The Chinese words for the values of a system, in its sheets and documents."""

from govgauge.systems.model import Method, Status

METHODS = {
    Method.AUTO: "自动检查",
    Method.ASSISTED: "机评待人工确认",
    Method.MANUAL: "人工采集",
    Method.FIELD: "实测",
    Method.EXPERT: "专家评审",
    Method.VOTE: "投票",
}

STATUSES = {Status.COMPLETE: "完整", Status.OUTLINE: "概要"}

YES = "是"
NOT_ASSESSED = "—"
