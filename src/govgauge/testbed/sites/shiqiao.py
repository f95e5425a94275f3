"""石桥区水务局: made by hand in 2009, tables and frames, GB2312; not kept up for months."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import bodies, columns, entrances, files, outside
from govgauge.testbed.content import Column, Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.tables import Tables
from govgauge.testbed.writer import Writer

NAME = "shiqiao"
FLOATING = (
    '<DIV id="ad1" style="position:absolute;left:0;top:60px;z-index:99"><A href="/tzgg.htm"><IMG src="/images/piao.gif" width="160"></A></DIV>'
    '<SCRIPT>var x=50,y=60,dx=1,dy=1;function float(){var o=document.getElementById("ad1");x+=dx;y+=dy;'
    'o.style.left=x+"px";o.style.top=y+"px";if(x<0||x>document.body.clientWidth-160)dx=-dx;if(y<0||y>document.body.clientHeight-60)dy=-dy;}setInterval("float()",20);</SCRIPT>'
)


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    random = Random(f"{seed}/{NAME}")
    writer = Writer(random, area="石桥区", body="石桥区水务局", phone="0917-3300512", office="区水务局")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="石桥区水务局",
        host="swj.shiqiao.test",
        area="石桥区",
        body="石桥区水务局",
        as_of=as_of,
        marks=Marks(
            host_body="石桥区水务局",
            phone="0917-3300512",
            code="61030300",
            icp="陕ICP备09011223号",
            police="陕公网安备61030302000041号",
            error_report=False,
            sitemap=False,
            privacy=False,
            accessible=False,
            elder=False,
            notice=False,
            viewport=False,
        ),
        columns=_columns(editor),
        friends=[("市图书馆", "http://library.neighbour.test/"), ("日报社", "http://daily.neighbour.test/")],
        home_markup=entrances.box() + FLOATING,
    )
    portal.extra |= {
        **files.furniture(),
        "/images/piao.gif": Response(body=b"GIF89a" + bytes(40), content_type="image/gif"),
    }
    planter = Planter(NAME, portal, Tables())
    _home(planter)
    _stale(planter, editor)
    _articles(planter)
    _disclosure(planter)
    planter.marks()
    return finished(planter)


def _columns(editor: Editor) -> list[Column]:
    """What a small office put up in 2009 and filled since."""
    columns_ = [
        editor.column("水务要闻", "swyw", "news", count=26, newest=4, on_home=True),
        editor.column("通知公告", "tzgg", "notice", count=16, on_home=True),
        editor.column("机构职能", "jgzn", body=bodies.institutions(editor.writer)),
        editor.column("政策法规", "zcfg", "policy", on_home=True),
        editor.column("政策解读", "zcjd", "interpretation"),
        editor.column("规划计划", "ghjh", "plans", count=3),
        editor.column("财政预决算", "czyjs", "budget"),
        editor.column("政府信息公开指南", "xxgkzn", body=bodies.disclosure_guide(editor.writer)),
        editor.column("信息公开年报", "xxgknb", "annual-report"),
        editor.column("依申请公开", "ysqgk", body=bodies.request_form()),
        columns.services(editor, columns.Size(guides=3)),
        editor.column("局长信箱", "jzxx", "mailbox"),
        editor.column("下载中心", "xzzx", "other"),
    ]
    found = {column.slug: column for column in columns_}
    for number in range(4):
        policy = editor.policy(
            found["zcfg"],
            editor.workday(editor.as_of - timedelta(days=50 + number * 60)),
            word="石水字",
            serial=20 - number,
        )
        editor.interpretation(found["zcjd"], policy, policy.day)
    editor.yearly(found["czyjs"], "{body}{year}年度部门预算", (2022, 2023, 2024), month=3)
    editor.yearly(found["xxgknb"], "{body}{year}年政府信息公开工作年度报告", (2020, 2021, 2022))
    found["jzxx"].body = bodies.letter_form()
    return columns_


def _home(planter: Planter) -> None:
    portal = planter.portal
    planter.portal.marks.code = "61030300"
    planter.tell("site-code", portal.home, "61030300", "标识码位数不对")
    planter.tell("mobile-layout", portal.home, "viewport", "页面没有为手机设置视口")
    planter.tell("leave-notice", portal.home, portal.friends[0][1], "离站没有提示")
    planter.tell("floating-window", portal.home, "#ad1", "飘窗不能关闭")
    old = '<p><a href="/2009/">旧版网站</a></p>'
    portal.home_markup += old
    portal.extra["/2009/"] = Response(
        body="<html><head><title>石桥区水务局（2009版）</title></head><body><p>石桥区水务局网站旧版，内容停止更新。</p>"
        "<p>本页保留供工作人员查询，请访问新版网站获取最新信息。</p></body></html>".encode("gb2312"),
        content_type="text/html; charset=gb2312",
    )
    planter.tell("old-site-entry", portal.home, planter.url("/2009/"), "旧版网站仍可进入")
    planter.broken_home_link("/tpxw/index.asp", "图片新闻")


def _stale(planter: Planter, editor: Editor) -> None:
    portal = planter.portal
    news, notices = portal.column("swyw"), portal.column("tzgg")
    planter.kept_news(
        news, [editor.entry("news", editor.workday(portal.as_of - timedelta(days=2300 + 200 * n))) for n in range(2)]
    )
    fresh = [entry for entry in news.entries if (portal.as_of - entry.day).days < 30]
    for entry in fresh:
        entry.day -= timedelta(days=30)
        entry.path = ""
    planter.settle()
    newest = max(entry.day for entry in news.entries).isoformat()
    planter.tell("column-stale", news, newest, "要闻超过两周未更新")
    others = [portal.column("tzgg"), portal.column("zcfg")]
    for column in others:
        for entry in column.entries:
            if (portal.as_of - entry.day).days < 30:
                entry.day -= timedelta(days=30)
                entry.path = ""
    planter.settle()
    shown = [column.newest_first[:8] for column in portal.all_columns() if column.on_home]
    last = max(entry.day for entries in shown for entry in entries).isoformat()
    planter.tell("home-stale", portal.home, last, "首页两周没有更新")
    planter.tell("column-empty", portal.column("xzzx"), "", "栏目没有任何内容")
    planter.near(notices, "通知公告一个多月未更新，仍在半年之内")


def _articles(planter: Planter) -> None:
    portal = planter.portal
    news, notices = portal.column("swyw").newest_first, portal.column("tzgg").newest_first
    planter.broken_link(news[4], f"http://{outside.GONE}/old.htm", "相关网站", "外站 404")
    planter.broken_image(news[6], "/pic/p2.jpg")
    planter.broken_download(notices[3], "/down/b.zip", "表格.zip")
    planter.good_file(notices[5], "/down/c.xls", "统计表.xls", files.old_office(), "附件完好")
    planter.wrong_word(notices[7], "堤防管理不能松驰，巡查要到位。", "松驰")
    planter.private(notices[8], "收款人：姚立新，银行卡号6222021612001234567。", "bank")
    planter.duplicate(portal.column("tzgg"), notices[10])


def _disclosure(planter: Planter) -> None:
    portal = planter.portal
    columns.link_interpretations(portal.column("zcfg"), portal.column("zcjd"))
    planter.tell("interpretation-forms", portal.column("zcjd"), "", "解读只有文字")
    planter.tell("disclosure-annual-report", portal.column("xxgknb"), str(portal.as_of.year - 1), "没有上一年度报告")
    planter.tell("disclosure-catalogue", portal.home, "catalogue", "没有信息公开目录")
    planter.tell("survey-activity", portal.home, "0", "没有征集调查")
    planter.tell("message-statistics", portal.column("jzxx"), "", "没有公布来信统计")
    report = portal.column("xxgknb")
    planter.tell("column-stale", report, report.newest_first[0].day.isoformat(), "年报栏目两年多未更新")
    planter.policy_library(portal.column("zcfg"))
