"""云门市教育局: a city bureau in SiteServer style, GBK partly without declaration; alien links, letters, guides."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import columns, entrances, files, outside
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.siteserver import SiteServer
from govgauge.testbed.styles.style import link
from govgauge.testbed.writer import Writer

NAME = "yunmen"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    random = Random(f"{seed}/{NAME}")
    writer = Writer(random, area="云门市", body="云门市教育局", phone="0714-2266330", office="市教育局")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="云门市教育局",
        host="jyj.yunmen.test",
        area="云门市",
        body="云门市教育局",
        as_of=as_of,
        marks=Marks(
            host_body="云门市教育局",
            phone="",
            code="4207000023",
            icp="",
            police="鄂公网安备42070002000155号",
            gov_mark="",
        ),
        columns=columns.department(
            editor,
            columns.Size(news=40, notices=26, policies=5, letters=9, guides=5),
            word="云教字",
            leaders=("局长", "副局长"),
        ),
        friends=[("实验中学", "http://school.neighbour.test/"), ("教育资源网", f"http://{outside.PARKED}/")],
        home_markup=entrances.box(),
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, SiteServer())
    columns.link_interpretations(portal.column("zcwj"), portal.column("zcjd"))
    columns.fill_catalogue(portal)
    _links(planter)
    _articles(planter)
    _dialogue(planter)
    portal.sitemap_skips.add("通知公告")
    planter.tell("sitemap-mismatch", planter.style.sitemap_path, planter.url(portal.column("tzgg")), "地图缺主栏目")
    portal.sitemap_adds.append(("校园风采", "/channels/10005.html"))
    planter.tell(
        "sitemap-mismatch", planter.style.sitemap_path, planter.url("/channels/10005.html"), "地图中的栏目已不存在"
    )
    planter.tell("broken-link", planter.style.sitemap_path, planter.url("/channels/10005.html"), "网站地图中的死链")
    planter.marks()
    return finished(planter)


def _links(planter: Planter) -> None:
    portal = planter.portal
    planter.tell("foreign-link", portal.home, f"http://{outside.PARKED}/", "友情链接的域名已被出售")
    news, notices = portal.column("gzdt").newest_first, portal.column("tzgg").newest_first
    soft = "/contents/18000/40001.html"
    lost = "<html><head><title>提示信息</title></head><body><p>对不起，您访问的页面不存在或已被删除！</p></body></html>"
    portal.extra[soft] = Response(body=lost.encode("gbk"), content_type="text/html")
    planter.broken_link(news[2], soft, "查看原文", "状态 200 的错误页")
    advert = f"http://{outside.SHOP}/sale"
    news[6].raw += f'<p class="ad">{link(advert, "建材家具特卖 全场包邮")}</p>'
    planter.tell("commercial-ad", news[6], advert, "正文中的商业广告")
    planter.broken_image(
        news[4], "/upload/2025/a1.jpg", Response(body=b"<html><body>no such file</body></html>"), "图片地址返回网页"
    )
    planter.good_file(notices[3], "/upload/2025/plan.docx", "实施安排.docx", files.office(), "附件完好")
    planter.broken_download(notices[5], "/upload/2024/list.xls", "名单.xls")
    news[8].raw += f"<p>{link(f'http://{outside.OLD_NEIGHBOUR}/', '市图书馆活动')}</p>"
    planter.near(news[8], "外站换了域名，会跳转")


def _articles(planter: Planter) -> None:
    portal = planter.portal
    news, notices = portal.column("gzdt"), portal.column("tzgg")
    planter.duplicate(notices, notices.newest_first[20], days=3)
    weekly = notices.newest_first[14]
    weekly.title, weekly.raw = "关于公布值班电话的公告（十月）", "<p>本月值班电话为0714-2266331。</p>"
    planter.near(weekly, "定期公告，标题相近")
    old = news.newest_first[9]
    old.headers = (("Last-Modified", "Mon, 04 Mar 2024 02:11:09 GMT"),)
    planter.tell("redated-article", old, old.shown_day, "文件最后修改时间早于发布日期一年多")
    planter.differing_dates(notices.newest_first[8], 60)
    planter.noise(news.newest_first[11], "锟斤拷锟斤拷通知锟斤拷", "锟斤拷")
    planter.wrong_word(notices.newest_first[9], "请各学校迫不急待地完成自查。", "迫不急待")
    planter.private(notices.newest_first[10], "获奖家长：孟春梅，手机13977206518，请于周五前领取证书。", "mobile")
    planter.quote(
        notices.newest_first[11], "咨询热线13977206518****为示例，统一社会信用代码91420700MA4901234X。", "不是个人信息"
    )


def _dialogue(planter: Planter) -> None:
    portal = planter.portal
    letters = portal.column("ldxx").entries
    asked = portal.as_of - timedelta(days=150)
    open_letter = letters[2]
    open_letter.day = asked
    open_letter.sheet = [
        (label, {"来信时间": asked.isoformat(), "办理状态": "处理中"}.get(label, value))
        for label, value in open_letter.sheet
        if label not in ("答复时间", "答复内容")
    ]
    planter.tell("message-overdue", open_letter, "150", "来信五个月没有答复")
    empty = letters[4]
    empty.sheet = [
        (
            label,
            "您好，您反映的问题已收悉，我局将转交相关科室研究处理，感谢您的关心和支持！"
            if label == "答复内容"
            else value,
        )
        for label, value in empty.sheet
    ]
    planter.tell("message-perfunctory", empty, "", "答复没有内容")
    short = letters[5]
    short.sheet = [(label, "您好，路灯已修复。" if label == "答复内容" else value) for label, value in short.sheet]
    planter.near(short, "答复短但有结果")
    guides = portal.column("bszn").entries
    for entry, label, element in ((guides[1], "办理材料", "materials"), (guides[3], "联系电话", "phone")):
        entry.sheet = [row for row in entry.sheet if row[0] != label]
        planter.tell("guide-element-missing", entry, element, f"指南没有{label}")
    guides[2].sheet = [(label, "无" if label == "申请条件" else value) for label, value in guides[2].sheet]
    planter.near(guides[2], "申请条件为“无”也是答案")
