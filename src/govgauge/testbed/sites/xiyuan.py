"""溪源县人民政府: a county portal where everything is in order. Whatever is found here is a false alarm."""

from datetime import date
from random import Random

from govgauge.testbed import columns, files
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Site
from govgauge.testbed.planting import SAFE_HEADERS, Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.modern import Modern
from govgauge.testbed.writer import Writer

NAME = "xiyuan"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    writer = Writer(Random(f"{seed}/{NAME}"), area="溪源县", body="溪源县人民政府办公室", phone="0873-2200100")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="溪源县人民政府",
        host="www.xiyuan.test",
        area="溪源县",
        body="溪源县人民政府办公室",
        as_of=as_of,
        marks=Marks(
            host_body="溪源县人民政府办公室",
            phone="0873-2200100",
            code="5325000046",
            icp="滇ICP备08012345号-1",
            police="滇公网安备53250002000009号",
        ),
        columns=columns.portal(
            editor,
            columns.Size(news=44, notices=30, policies=8, letters=10, guides=6, datasets=5),
            word="溪政规",
            leaders=("县长", "副县长", "副县长"),
        ),
        friends=[("岚湖省人民政府", "http://www.lanhu-province.test/"), ("日报社", "http://daily.neighbour.test/")],
        channels=[("微信公众号", "https://mp.weixin.qq.com/"), ("政务微博", "https://weibo.com/")],
        headers=SAFE_HEADERS,
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, Modern())
    columns.link_interpretations(portal.column("zcwj"), portal.column("zcjd"))
    columns.fill_catalogue(portal)
    _near_misses(planter)
    planter.marks()
    return finished(planter)


def _near_misses(planter: Planter) -> None:
    """What a hasty judge would take for faults."""
    portal = planter.portal
    news, notices = portal.column("yw").newest_first, portal.column("tzgg").newest_first
    planter.good_file(notices[1], "/files/apply.docx", "申请表.docx", files.office(), "附件完好")
    planter.good_file(notices[2], "/files/table.csv", "数据表.csv", files.table(), "CSV 附件")
    planter.good_file(notices[3], "/files/list.xls", "名单.xls", files.old_office(), "旧式 Excel")
    planter.quote(news[2], "该泵站既使用柴油，也使用电力，汛期可以互为备用。", "“既使用”不是“既使”")
    planter.quote(news[4], "工作人员提醒：网上出现“404 页面不存在”提示时，请核对网址后再试。", "谈论错误页的文章")
    planter.quote(news[5], "警方通报一起网络赌博案件，提醒群众远离百家乐等赌博网站。", "报道打击赌博")
    planter.quote(
        news[6], "咨询热线12345，统一社会信用代码915325007312345678，设备编号440100201801010011。", "不是个人信息"
    )
    planter.quote(notices[5], "中标单位联系人电话0873-2200155，地址为柳河镇人民路1号。", "单位电话")
    twins = portal.column("tjxx").newest_first[:2]
    twins[0].title, twins[1].title = "溪源县十月物价监测", "溪源县九月物价监测"
    planter.near(twins[0], "定期公报，标题相近、数字不同")
    listed = portal.column("czyjs")
    planter.near(listed, "一年一次的栏目，三个月前更新")
