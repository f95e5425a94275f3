"""The words of nominations: kinds, states, fields, tones of states."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.models import CaseStepKind, NominationKind

KINDS: dict[str, Promise] = {
    NominationKind.SELF: _("单位自荐"),
    NominationKind.SUPERVISOR: _("主管部门推荐"),
    NominationKind.EXPERT: _("专家推荐"),
    NominationKind.PUBLIC: _("网民推荐"),
}
STATES: dict[str, Promise] = {
    CaseStepKind.DRAFTED: _("起草中"),
    CaseStepKind.SUBMITTED: _("已提交"),
    CaseStepKind.WITHDRAWN: _("已撤回"),
    CaseStepKind.RETURNED: _("已退回"),
    CaseStepKind.RECATEGORISED: _("已改类别"),
    CaseStepKind.JOINED: _("已并入"),
    CaseStepKind.ADMITTED: _("进入终评"),
    CaseStepKind.REFUSED: _("未通过初选"),
    CaseStepKind.REOPENED: _("恢复待审"),
    CaseStepKind.CHOSEN: _("已入选"),
    CaseStepKind.NOT_CHOSEN: _("未入选"),
}
TONES: dict[str, str] = {
    CaseStepKind.SUBMITTED: "running",
    CaseStepKind.REOPENED: "running",
    CaseStepKind.RETURNED: "failed",
    CaseStepKind.REFUSED: "failed",
    CaseStepKind.ADMITTED: "done",
    CaseStepKind.CHOSEN: "done",
}
"""The class of a state's tag."""
FIELDS: dict[str, Any] = {
    "name": _("案例名称"),
    "category": _("案例类别"),
    "owner": _("建设单位"),
    "url": _("案例网址"),
    "reason": _("推荐理由"),
    "contact": _("联系人"),
    "phone": _("联系电话"),
    "email": _("电子邮箱"),
}
HINTS: dict[str, Any] = {
    "owner": _("实际建设或运行的单位，如 某市政务服务局"),
    "url": _("不能从互联网查看的案例可以不填，但要上传佐证材料"),
    "reason": _("300 字以内，可从功能、做法、成效、机制、可推广性等方面写；标点、空格和换行各算一字"),
}
