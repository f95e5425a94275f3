"""The words of portal pages for values of publications."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from govgauge.office.models import PublicationState
from govgauge.office.tables.subject import State
from govgauge.outcomes import Outcome
from govgauge.systems.ranking import OrderInGrade, Ties

STATES: dict[str, Promise] = {
    State.JUDGED.value: _("已评估"),
    State.UNREACHABLE.value: _("首页未能打开，不排名"),
    State.CLOSED.value: _("网站已关闭或迁移，不排名"),
    State.DISTORTED.value: _("网站拒绝访问，无法判定"),
    State.WAITING.value: _("没有判定"),
    State.NO_SITE.value: _("没有网站"),
    State.MERGED.value: _("已并入其他单位"),
    State.GONE.value: _("已撤销"),
}
OUTCOMES: dict[str, Promise] = {
    Outcome.PASS.value: _("通过"),
    Outcome.FAIL.value: _("未通过"),
    Outcome.PARTIAL.value: _("部分通过"),
    Outcome.NOT_APPLICABLE.value: _("不适用"),
    Outcome.NOT_OBSERVABLE.value: _("无法判定"),
    "open": _("未采集"),
    "": _("未采集"),
}
TONES = {"pass": "is-done", "fail": "is-failed", "partial": "is-unreachable"}
STEPS: dict[str, Promise] = {
    PublicationState.PUBLIC.value: _("公布"),
    PublicationState.REPLACED.value: _("被新版取代"),
    PublicationState.WITHDRAWN.value: _("撤回"),
}
TIES: dict[str, Promise] = {
    Ties.DENSE.value: _("同分同名次，后面的名次连续（5、5、6）"),
    Ties.COMPETITION.value: _("同分同名次，后面的名次跳过（3、3、5）"),
    Ties.SHARED.value: _("同分共占名次（3–4、3–4、5）"),
}
ORDERS: dict[str, Promise] = {
    OrderInGrade.TOTAL.value: _("同一等级内按得分排列"),
    OrderInGrade.DIVISION.value: _("只公布等级，同一等级内按行政区划排列，不公布名次"),
}
FORMS = {"pdf": "PDF", "docx": "Word", "html": "HTML", "xlsx": "XLSX", "csv": "CSV"}
