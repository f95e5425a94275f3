"""The words of the screen for values of the records; their English stands in the catalogue."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.domain.invitations import InvitationState
from govgauge.office.models import (
    AnswerForm,
    AssignmentState,
    BatchStepKind,
    CodingStepKind,
    Confidence,
    FieldChannel,
    FieldKind,
    FieldState,
    FieldStepKind,
    JobState,
    PublicationState,
    RegistrationStepKind,
    RoleKind,
    RoundState,
    StageKind,
)
from govgauge.office.queries.entries import EntryState
from govgauge.systems.model import Method

ROUND_STATES: dict[str, Promise] = {
    RoundState.OPEN: _("进行中"),
    RoundState.PAUSED: _("已暂停"),
    RoundState.FROZEN: _("已冻结"),
}
PUBLICATION_STATES: dict[str, Promise] = {
    PublicationState.PREPARED: _("待公布"),
    PublicationState.PUBLIC: _("已公布"),
    PublicationState.REPLACED: _("已被新版取代"),
    PublicationState.WITHDRAWN: _("已撤回"),
    PublicationState.DISCARDED: _("已作废"),
}
JOB_STATES: dict[str, Promise] = {
    JobState.READY: _("等待"),
    JobState.RUNNING: _("进行中"),
    JobState.DONE: _("完成"),
    JobState.FAILED: _("失败"),
}
ENTRY_STATES: dict[str, Promise] = {
    EntryState.DONE: _("已完成"),
    EntryState.RUNNING: _("进行中"),
    EntryState.WAITING: _("等待"),
    EntryState.UNREACHABLE: _("首页未打开"),
    EntryState.CLOSED: _("已关闭或迁移"),
    EntryState.DISTORTED: _("被拦截"),
    EntryState.FAILED: _("失败"),
    EntryState.NO_SITE: _("没有网站"),
}
STAGES: dict[str, Promise] = {
    StageKind.INDICATORS: _("指标编制及意见征集"),
    StageKind.REGISTRATION: _("参评报名及案例申报"),
    StageKind.COLLECTION: _("数据采集"),
    StageKind.REVIEW: _("复核及案例评选"),
    StageKind.ANALYSIS: _("数据分析和报告撰写"),
    StageKind.PUBLICATION: _("结果发布及经验交流"),
}
ROLES: dict[str, Promise] = {
    RoleKind.ADMINISTRATOR: _("管理员"),
    RoleKind.INDICATOR_EDITOR: _("指标编辑"),
    RoleKind.COLLECTOR: _("采集员"),
    RoleKind.REVIEWER: _("复核员"),
    RoleKind.ADJUDICATOR: _("裁定员"),
    RoleKind.EXPERT: _("专家"),
    RoleKind.ASSESSED: _("被评估单位"),
    RoleKind.SUPERVISOR: _("地区主管"),
    RoleKind.OBSERVER: _("观察员"),
}
INVITATIONS: dict[str, Promise] = {
    InvitationState.OPEN: _("等待接受"),
    InvitationState.ACCEPTED: _("已接受"),
    InvitationState.WITHDRAWN: _("已撤回"),
    InvitationState.EXPIRED: _("已过期"),
}
ASSIGNMENT_STATES: dict[str, Promise] = {
    AssignmentState.OPEN: _("未开始"),
    AssignmentState.DRAFT: _("填写中"),
    AssignmentState.SUBMITTED: _("已提交"),
    AssignmentState.RETURNED: _("已退回"),
    AssignmentState.ACCEPTED: _("已采用"),
    AssignmentState.DECIDED: _("已裁定"),
    AssignmentState.DROPPED: _("不再需要"),
}
BATCH_STEPS: dict[str, Promise] = {
    BatchStepKind.PLANNED: _("已分派"),
    BatchStepKind.DEADLINE: _("改期限"),
    BatchStepKind.MOVED: _("改派"),
    BatchStepKind.HELD: _("暂停采集"),
    BatchStepKind.LET_GO: _("恢复采集"),
    BatchStepKind.DROPPED: _("不再采集"),
    BatchStepKind.TAKEN_UP: _("重新采集"),
}
CODING_STEPS: dict[str, Promise] = {
    CodingStepKind.DRAFTED: _("开始填写"),
    CodingStepKind.SUBMITTED: _("提交"),
    CodingStepKind.TAKEN_BACK: _("取回修改"),
    CodingStepKind.RETURNED: _("退回"),
    CodingStepKind.RESUBMITTED: _("重新提交"),
    CodingStepKind.ACCEPTED: _("采用"),
    CodingStepKind.DECIDED: _("裁定"),
    CodingStepKind.REOPENED: _("重新打开"),
}
CONFIDENCES: dict[str, Promise] = {
    Confidence.SURE: _("有把握"),
    Confidence.LIKELY: _("比较有把握"),
    Confidence.UNSURE: _("没有把握"),
}
ANSWER_FORMS: dict[str, Promise] = {
    AnswerForm.YES_NO: _("是或否"),
    AnswerForm.SCALE: _("分级"),
    AnswerForm.SHARE: _("比例"),
}
METHODS: dict[str, Promise] = {
    Method.MANUAL.value: _("人工"),
    Method.ASSISTED.value: _("程序建议，人工核定"),
    Method.FIELD.value: _("实测"),
}
REGISTRATION_STATES: dict[str, Promise] = {
    RegistrationStepKind.DRAFTED: _("起草中"),
    RegistrationStepKind.SUBMITTED: _("已提交"),
    RegistrationStepKind.RETURNED: _("已退回"),
    RegistrationStepKind.CORRECTED: _("更正后提交"),
    RegistrationStepKind.ACCEPTED: _("已受理"),
    RegistrationStepKind.WITHDRAWN: _("已撤回"),
}
REGISTRATION_FIELDS: dict[str, Promise] = {
    "site_name": _("网站名称"),
    "url": _("网站网址"),
    "supervising": _("主管单位"),
    "hosting": _("主办单位"),
    "running": _("承办单位"),
    "contact": _("联系人姓名"),
    "post": _("联系人职务"),
    "work_phone": _("工作电话"),
    "mobile": _("手机号码"),
    "email": _("电子邮箱"),
    "address": _("通讯地址"),
}
LANES: dict[str, Promise] = {
    "visit": _("采集"),
    "browser": _("浏览器"),
    "tls": _("加密检查"),
    "reports": _("报告"),
    "checks": _("复查和自查"),
}
TASKS: dict[str, Promise] = {
    "assess": _("采集并判定"),
    "confirm": _("复核"),
    "freshness": _("栏目更新"),
    "report": _("制作报告"),
    "picture": _("截图"),
    "recheck": _("复查问题"),
    "selfcheck": _("单位自查"),
    "case": _("案例截图"),
}
FIELD_KINDS: dict[str, Promise] = {
    FieldKind.DISCLOSURE: _("申请信息公开"),
    FieldKind.ENQUIRY: _("网上咨询"),
    FieldKind.CALL: _("电话咨询"),
}
FIELD_CHANNELS: dict[str, Promise] = {
    FieldChannel.WEB: _("网站表单"),
    FieldChannel.APP: _("移动端"),
    FieldChannel.EMAIL: _("电子邮件"),
    FieldChannel.POST: _("邮寄"),
    FieldChannel.PHONE: _("电话"),
    FieldChannel.COUNTER: _("当面"),
}
FIELD_STATES: dict[str, Promise] = {
    FieldState.PLANNED: _("待发出"),
    FieldState.SENT: _("等待答复"),
    FieldState.ANSWERED: _("待评分"),
    FieldState.GRADED: _("待办结"),
    FieldState.CLOSED: _("已办结"),
    FieldState.WITHDRAWN: _("已撤回"),
}
FIELD_STEPS: dict[str, Promise] = {
    FieldStepKind.PLANNED: _("安排"),
    FieldStepKind.SENT: _("发出"),
    FieldStepKind.RECEIVED: _("收到回执"),
    FieldStepKind.EXTENDED: _("告知延期"),
    FieldStepKind.ANSWERED: _("收到答复"),
    FieldStepKind.GRADED: _("评分"),
    FieldStepKind.CLOSED: _("办结"),
    FieldStepKind.WITHDRAWN: _("撤回"),
    FieldStepKind.STRUCK: _("更正作废"),
}


def task(name: str) -> str:
    """A task in words: `assess-2` is the second visit."""
    kind, _dash, rest = name.partition("-")
    words = str(TASKS.get(kind, name))
    return f"{words} {rest}" if rest and kind in TASKS else words
