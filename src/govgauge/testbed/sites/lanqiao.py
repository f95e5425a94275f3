"""澜桥市人民政府: a portal in 博达 style with datasets, letters, consultations and policies, and their faults."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import columns, files
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Entry, Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import SAFE_HEADERS, Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.boda import Boda
from govgauge.testbed.writer import Writer

NAME = "lanqiao"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    writer = Writer(Random(f"{seed}/{NAME}"), area="澜桥市", body="澜桥市人民政府办公室", phone="0888-5122300")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="澜桥市人民政府",
        host="www.lanqiao.test",
        area="澜桥市",
        body="澜桥市人民政府办公室",
        as_of=as_of,
        marks=Marks(
            host_body="澜桥市人民政府办公室",
            phone="0888-5122300",
            code="5307000002",
            icp="云ICP备07007788号",
            police="滇公网安备53070002000021号",
            elder=True,
        ),
        columns=columns.portal(
            editor,
            columns.Size(news=30, notices=18, policies=12, letters=12, guides=6, datasets=4),
            word="澜政规",
            leaders=("市长", "副市长"),
        ),
        friends=[("岚湖省人民政府", "http://www.lanhu-province.test/")],
        channels=[("微信公众号", "https://mp.weixin.qq.com/")],
        head_markup='<script src="https://hm.baidu.com/hm.js?0123456789abcdef0123456789abcdef"></script>',
        headers=SAFE_HEADERS[:1],
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, Boda())
    planter.tell("icp-number", portal.home, "云ICP备07007788号", "备案系统中云南写作“滇”")
    planter.tell("third-party-tracker", portal.home, "hm.baidu.com", "第三方统计脚本")
    _data(planter, editor)
    _policies(planter)
    _dialogue(planter, editor)
    _guides(planter)
    _upkeep(planter)
    columns.fill_catalogue(portal)
    planter.marks()
    return finished(planter)


def _data(planter: Planter, editor: Editor) -> None:
    column, as_of = planter.portal.column("sjkf"), planter.portal.as_of
    closed = editor.dataset(column, as_of - timedelta(days=9), formats="PDF")
    stale = editor.dataset(column, as_of - timedelta(days=250), frequency="每月")
    bare = editor.dataset(column, as_of - timedelta(days=12), fields=False)
    yearly = editor.dataset(column, as_of - timedelta(days=300), frequency="每年")
    planter.settle()
    planter.tell("open-dataset-format", closed, "pdf", "只有 PDF 格式")
    planter.tell("open-dataset-stale", stale, (as_of - timedelta(days=250)).isoformat(), "每月更新，八个月未更新")
    planter.tell("open-dataset-description", bare, "", "没有字段说明")
    planter.near(yearly, "每年更新，十个月前更新过")


def _policies(planter: Planter) -> None:
    portal = planter.portal
    policies, interpretations = portal.column("zcwj"), portal.column("zcjd")
    pairs = columns.link_interpretations(policies, interpretations)
    policy, interpretation = pairs[0]
    interpretation.related.clear()
    planter.tell("interpretation-link", interpretation, planter.url(policy), "解读没有链接到政策")
    late_policy, late = pairs[3]
    late.day, late.path = late_policy.day + timedelta(days=61), ""
    planter.settle()
    late_policy.related = [(late.title, late.path)]
    planter.tell("interpretation-late", late, "61", "文件发布两个月后才解读")
    paired = {member for pair in pairs for member in pair}
    free = [entry for entry in policies.newest_first if entry not in paired]
    _blank(free[0], "有效性")
    planter.tell("policy-elements", free[0], "validity", "有效性空着")
    _blank(free[1], "发文机关")
    planter.tell("policy-elements", free[1], "issuer", "发文机关空着")
    number = dict(free[3].sheet)["发文字号"]
    free[2].paragraphs.append(f"本通知自发布之日起施行，《{free[3].title}》（{number}）同时废止。")
    planter.tell("expired-policy-unmarked", free[3], dict(free[2].sheet)["发文字号"], "已被新文件废止，未作标注")
    for entry in (free[4],):
        entry.paragraphs.append("本通知有效期五年。")
        planter.near(entry, "有效期未满")


def _blank(entry: Entry, label: str) -> None:
    entry.sheet = [(name, "" if name == label else value) for name, value in entry.sheet]


def _dialogue(planter: Planter, editor: Editor) -> None:
    portal = planter.portal
    letters = portal.column("ldxx")
    asked = portal.as_of - timedelta(days=200)
    late = editor.letter(letters, asked, asked + timedelta(days=120))
    waiting = editor.letter(letters, portal.as_of - timedelta(days=100), None)
    fresh = editor.letter(letters, portal.as_of - timedelta(days=6), None)
    empty = editor.letter(
        letters,
        portal.as_of - timedelta(days=60),
        portal.as_of - timedelta(days=52),
        answer="您好，来信收悉，请向相关部门咨询。谢谢！",
    )
    planter.settle()
    planter.tell("message-overdue", late, "120", "四个月后才答复")
    planter.tell("message-overdue", waiting, "100", "一百天没有答复")
    planter.near(fresh, "六天前的来信，尚在期限内")
    planter.tell("message-perfunctory", empty, "", "答复没有内容")
    surveys = portal.column("yjzj")
    forgotten = editor.consultation(surveys, editor.workday(portal.as_of - timedelta(days=200)), 30)
    planter.settle()
    planter.tell("survey-feedback", forgotten, "", "征集结束五个多月没有公布结果")


def _guides(planter: Planter) -> None:
    guides = planter.portal.column("bszn").entries
    for entry, label, element in (
        (guides[0], "办理地点", "place"),
        (guides[2], "办理时间", "time"),
        (guides[2], "设定依据", "basis"),
    ):
        entry.sheet = [row for row in entry.sheet if row[0] != label]
        planter.tell("guide-element-missing", entry, element, f"指南没有{label}")
    guides[3].sheet = [(label, "暂无" if label == "办理流程" else value) for label, value in guides[3].sheet]
    planter.tell("guide-element-missing", guides[3], "process", "办理流程写“暂无”")


def _upkeep(planter: Planter) -> None:
    portal = planter.portal
    plans = portal.column("ghjh")
    planter.tell("column-stale", plans, planter.age(plans, 420), "规划计划一年多未更新")
    orphan = "/info/1088/99001.htm"
    title = "澜桥市往年公示存档"
    portal.singles[orphan] = (title, "<p>" + "本页为往年公示内容存档，供工作人员核对。" * 12 + "</p>")
    locations = "".join(f"<url><loc>{portal.url(path)}</loc></url>" for path in ("/", plans.path, orphan))
    portal.extra["/sitemap.xml"] = Response(
        body=f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'.encode(),
        content_type="application/xml",
    )
    planter.tell("orphan-page", planter.url(orphan), "sitemap.xml", "没有导航通向的页面")
    news = portal.column("bmdt").newest_first
    news[3].headers = (("Last-Modified", "Tue, 05 Mar 2024 08:00:00 GMT"),)
    planter.tell("redated-article", news[3], news[3].shown_day, "文件最后修改时间早于发布日期一年多")
    twin = planter.portal.column("bmdt").newest_first[12]
    planter.duplicate(portal.column("bmdt"), twin, 5)
