"""岚湖省交通运输厅: a provincial department in 大汉 style; faults of policies, interpretations and marks."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import columns, entrances, files
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import SAFE_HEADERS, Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.hanweb import Hanweb
from govgauge.testbed.writer import Writer

NAME = "lanhu"
JQUERY = "/module/jquery-1.7.2.min.js"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    random = Random(f"{seed}/{NAME}")
    writer = Writer(random, area="岚湖省", body="岚湖省交通运输厅", phone="0801-5500220", office="省交通运输厅")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="岚湖省交通运输厅",
        host="jtt.lanhu.test",
        area="岚湖省",
        body="岚湖省交通运输厅",
        as_of=as_of,
        marks=Marks(
            host_body="岚湖省交通运输厅",
            phone="0801-5500220",
            code="3300000051",
            icp="浙ICP备10203040号-2",
            police="",
            gov_mark="picture",
        ),
        columns=columns.department(
            editor, columns.Size(news=30, notices=20, policies=9, letters=6), word="岚交规", leaders=("厅长", "副厅长")
        ),
        friends=[("岚湖省人民政府", "http://www.lanhu-province.test/")],
        home_markup=entrances.box(without=("fees", "decisions")),
        head_markup=f'<script src="{JQUERY}"></script>',
        headers=SAFE_HEADERS,
    )
    portal.columns.insert(2, editor.column("行业资讯", "hyzx", "news"))
    portal.extra |= {
        **files.furniture(),
        "/images/tujie.png": files.picture(400, 300),
        "/module/jslib/jpage.js": Response(body=b"function jpage(o){}", content_type="application/javascript"),
        JQUERY: Response(
            body=b"/*! jQuery v1.7.2 jquery.com | jquery.org/license */", content_type="application/javascript"
        ),
    }
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, Hanweb())
    planter.missing_topics("fees", "decisions")
    planter.tell("vulnerable-library", portal.home, "jquery@1.7.2", "有已知漏洞的脚本库")
    planter.tell("column-empty", portal.column("hyzx"), "", "栏目没有任何内容")
    _upkeep(planter, editor)
    _policies(planter)
    columns.fill_catalogue(portal, without=("索引号", "内容概述"))
    planter.tell("disclosure-catalogue", portal.column("xxgkml"), "summary", "目录没有内容概述")
    planter.marks()
    return finished(planter)


def _upkeep(planter: Planter, editor: Editor) -> None:
    portal = planter.portal
    notices = portal.column("tzgg")
    planter.tell("column-stale", notices, planter.age(notices, 220), "通知公告半年多未更新")
    news = portal.column("gzdt")
    planter.future(news.newest_first[4], portal.as_of + timedelta(days=60))
    planter.impossible(news.newest_first[6], "2025-09-31")
    planter.broken_download(
        notices.newest_first[2], "/attach/0/2504.doc", "附表.doc", Response(content_type="application/msword"), "空文件"
    )
    planter.broken_link(news.newest_first[8], "/art/2023/3/7/art_9_221.html", "上级部署")
    planter.wrong_word(news.newest_first[10], "会议强调，要再接再励，确保全年目标实现。", "再接再励")
    planter.quote(news.newest_first[11], "本次检查的截止时间为月底，其他人员可以在网上查询进度。", "“截止时间”没有错")
    planter.noise(news.newest_first[12], "&amp;nbsp;&amp;nbsp;&lt;p style=&quot;&quot;&gt;正文&lt;/p&gt;", "&nbsp;")
    burst = editor.column("行业管理", "hygl", "news")
    day = editor.workday(portal.as_of - timedelta(days=5))
    for age in (140, 190, 260, 330):
        burst.entries.append(editor.entry("news", editor.workday(portal.as_of - timedelta(days=age))))
    burst.entries += [editor.entry("news", day) for _ in range(11)]
    portal.columns.append(burst)
    planter.settle()
    planter.tell("bulk-posting", burst, day.isoformat(), "沉寂数月后一天集中发布 11 条")


def _policies(planter: Planter) -> None:
    portal = planter.portal
    policies, interpretations = portal.column("zcwj"), portal.column("zcjd")
    pairs = columns.link_interpretations(policies, interpretations)
    one, other = pairs[1]
    one.related.clear()
    planter.tell("interpretation-link", one, planter.url(other), "政策没有链接到解读")
    late_policy, late = pairs[2]
    late.day = late_policy.day + timedelta(days=45)
    late.path = ""
    planter.settle()
    late_policy.related = [(late.title, late.path)]
    planter.tell("interpretation-late", late, "45", "文件发布 45 天后才解读")
    free = [entry for entry in policies.newest_first if entry not in {member for pair in pairs for member in pair}]
    blank = free[0]
    blank.sheet = [(label, "" if label == "发文字号" else value) for label, value in blank.sheet]
    planter.tell("policy-elements", blank, "number", "发文字号空着")
    expired = free[1]
    ended = portal.as_of - timedelta(days=410)
    expired.sheet = [row for row in expired.sheet if row[0] != "有效性"]
    expired.sheet += [("有效期至", ended.isoformat()), ("有效性", "有效")]
    planter.tell("expired-policy-unmarked", expired, ended.isoformat(), "有效期已过仍标有效")
    marked = free[2]
    marked.sheet = [row for row in marked.sheet if row[0] != "有效性"] + [
        ("有效期至", ended.isoformat()),
        ("有效性", "失效"),
    ]
    planter.near(marked, "过期但已标注失效")
