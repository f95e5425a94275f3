"""青禾市人民政府: a city portal in TRS style, mostly well kept, with faults of upkeep here and there."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import columns, files, outside
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import SAFE_HEADERS, Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.trs import Trs
from govgauge.testbed.writer import Writer, identity_number

NAME = "qinghe"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    random = Random(f"{seed}/{NAME}")
    writer = Writer(random, area="青禾市", body="青禾市人民政府办公室", phone="0379-6300100")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="青禾市人民政府",
        host="www.qinghe.test",
        area="青禾市",
        body="青禾市人民政府办公室",
        as_of=as_of,
        marks=Marks(
            host_body="青禾市人民政府办公室",
            phone="0379-6300100",
            code="4103000012",
            icp="豫ICP备05018701号-1",
            police="豫公网安备41030002000118号",
        ),
        columns=columns.portal(
            editor, columns.Size(news=40, notices=24, policies=8), word="青政办", leaders=("市长", "副市长", "副市长")
        ),
        friends=[("岚湖省人民政府", "http://www.lanhu-province.test/"), ("市图书馆", "http://library.neighbour.test/")],
        headers=SAFE_HEADERS[:2],
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, Trs())
    columns.link_interpretations(portal.column("zcwj"), portal.column("zcjd"))
    _dates(planter, editor)
    columns.fill_catalogue(portal)
    _links(planter)
    _texts(planter)
    planter.marks()
    return finished(planter)


def _links(planter: Planter) -> None:
    portal = planter.portal
    news, notices = portal.column("yw").newest_first, portal.column("tzgg").newest_first
    planter.broken_home_link("/zt/2023/ztjy/", "重点工作专题")
    planter.broken_link(news[3], "/yw/202404/t20240402_398811.html", "前期报道")
    planter.broken_link(news[9], f"http://{outside.GONE}/index.html", "项目网站", "外站 404")
    planter.broken_download(notices[1], "/files/202511/P020251105.docx", "报名表.docx")
    planter.broken_download(
        notices[4],
        "/files/202510/P020251011.pdf",
        "名单.pdf",
        Response(body=b"<html><body><h1>error</h1></body></html>"),
        "是网页",
    )
    planter.broken_image(news[5], "/images/202511/W020251106.jpg")
    planter.good_file(notices[6], "/files/202509/P020250901.pdf", "安排表.pdf", files.pdf(), "附件完好")
    planter.good_file(notices[7], "/files/202508/P020250801.xls", "统计表.xls", files.old_office(), "旧式 Excel")


def _texts(planter: Planter) -> None:
    news = planter.portal.column("bmdt").newest_first
    planter.wrong_word(news[2], "各单位要一如继往做好服务，及时回应群众关切。", "一如继往")
    planter.quote(news[4], "该设备既使用市电，也使用太阳能，两种方式可以切换。", "“既使用”不是“既使”")
    planter.noise(planter.portal.column("yw").newest_first[12], "{{article.content}}", "{{article.content}}")
    planter.private(
        planter.portal.column("rsxx").newest_first[1],
        f"拟聘人员：沈文静，身份证号{identity_number('41030519900307236')}。",
        "id-card",
    )


def _dates(planter: Planter, editor: Editor) -> None:
    portal = planter.portal
    news, notices = portal.column("yw"), portal.column("tzgg")
    planter.duplicate(news, news.newest_first[15])
    planter.differing_dates(notices.newest_first[9])
    planter.redated(news, news.newest_first[7])
    planter.kept_news(
        portal.column("bmdt"),
        [editor.entry("news", editor.workday(portal.as_of - timedelta(days=2200 + 90 * n))) for n in range(3)],
    )
    stale = portal.column("rsxx")
    planter.tell("column-stale", stale, planter.age(stale, 430), "人事信息一年多未更新")
