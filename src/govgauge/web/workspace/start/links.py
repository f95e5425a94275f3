"""The words of what waits for somebody, and the page on which it is done."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from govgauge.office.queries.todo import Todo


class Way(Struct, frozen=True):
    """The words of something that waits, and where to: the name of an address and what stands behind it."""

    title: str | Promise
    place: str = ""
    query: str = ""
    of_round: bool = True
    """Whether the address names the round."""


WAYS: dict[str, Way] = {
    "codings-late": Way(_("采集已过期"), "my-work", "?due=late"),
    "codings-today": Way(_("采集今天到期"), "my-work", "?due=today"),
    "codings-returned": Way(_("采集被退回，待修改"), "my-work", "?state=returned"),
    "codings": Way(_("采集待完成"), "my-work", "?state=to-do"),
    "tests-late": Way(_("实测已过期未答复"), "field-tests", "?state=late"),
    "tests-to-send": Way(_("实测待发出"), "field-tests", "?state=planned"),
    "tests-to-grade": Way(_("实测待评分"), "field-tests", "?state=answered"),
    "tests-to-close": Way(_("实测待办结"), "field-tests", "?state=graded"),
    "batches-to-review": Way(_("批次待复核"), "review"),
    "codings-to-review": Way(_("答案待复核"), "review"),
    "disagreements": Way(_("背靠背不一致，等待裁定")),
    "remedies-to-decide": Way(_("整改事项待办公室审核"), "remedies"),
    "findings-unsent": Way(_("问题两次见到，待通知"), "findings-unsent"),
    "disputes": Way(_("待裁定"), "disputes"),
    "objections": Way(_("异议待决定"), "objections"),
    "registrations-to-decide": Way(_("报名待受理"), "round-registrations", "?state=waiting"),
    "jobs-failed": Way(_("任务失败"), "jobs"),
    "sites-vetoed": Way(_("网站触发单项否决"), "entries"),
    "sites-distorted": Way(_("网站拦截了访问"), "entries", "?state=distorted"),
    "sites-closed": Way(_("网站公告已关闭或迁移"), "entries", "?state=closed"),
    "sites-unreachable": Way(_("网站首页未打开"), "entries", "?state=unreachable"),
    "round-tests-late": Way(_("实测已过期未答复"), "round-field-tests", "?state=late"),
    "invitations-expiring": Way(_("邀请三天内过期"), "invitations"),
    "deliveries-failed": Way(_("邮件或消息未发出"), "deliveries", "?state=failed"),
    "findings-late": Way(_("问题逾期未整改"), "remedies", "?overdue=1"),
    "findings-open": Way(_("问题待整改"), "remedies"),
    "objection-period": Way(_("可以查看初步结果、提出异议"), "own-entries"),
    "registration-open": Way(_("可以报名参评"), "registration-new", of_round=False),
    "registrations-unfinished": Way(_("报名没有完成"), "registrations"),
    "nominations-returned": Way(_("推荐的案例被退回，待更正"), "nominations"),
    "nominations-unfinished": Way(_("推荐案例没有完成"), "nominations"),
    "panels-to-declare": Way(_("专家组：请先申报"), "my-cases"),
    "seats-to-judge": Way(_("案例待我评审"), "my-cases"),
    "ties-to-decide": Way(_("回避情形待认定"), "panel-ties", "?state=open"),
    "cases-to-check": Way(_("案例待核对"), "round-cases", "?work=check"),
    "cases-to-score": Way(_("案例待我评分"), "round-cases", "?work=score"),
    "cases-to-twins": Way(_("案例可能重复"), "round-cases", "?work=twins"),
    "cases-to-decide": Way(_("案例待决定"), "round-cases", "?work=decide"),
    "region-late": Way(_("本地区问题逾期未整改"), "region"),
    "region-open": Way(_("本地区问题待整改"), "region"),
}


def title(todo: Todo) -> str:
    """What it is."""
    return str(WAYS[todo.what].title)


def address(todo: Todo) -> str:
    """Where it is done; empty where it is only told."""
    way = WAYS[todo.what]
    if not way.place:
        return ""
    return reverse(way.place, args=[todo.round.slug] if todo.round and way.of_round else []) + way.query
