"""海棠市数据局: a single-page application. Nothing can be seen without a browser, so nothing may be accused."""

from datetime import date
from random import Random

from govgauge.testbed import columns, files
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Site
from govgauge.testbed.planting import SAFE_HEADERS, Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.vue import Vue
from govgauge.testbed.writer import Writer

NAME = "haitang"


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    writer = Writer(
        Random(f"{seed}/{NAME}"), area="海棠市", body="海棠市数据局", phone="0756-3300880", office="市数据局"
    )
    editor = Editor(writer, as_of)
    portal = Portal(
        name="海棠市数据局",
        host="sjj.haitang.test",
        area="海棠市",
        body="海棠市数据局",
        as_of=as_of,
        marks=Marks(host_body="海棠市数据局", phone="0756-3300880", code="4404000081"),
        columns=columns.department(
            editor, columns.Size(news=20, notices=12, policies=3), word="海数字", leaders=("局长",)
        ),
        headers=SAFE_HEADERS,
    )
    portal.extra |= files.furniture()
    planter = Planter(NAME, portal, Vue())
    planter.near(portal.home, "内容由脚本生成，静态页面里什么都看不到")
    planter.unavoidable()
    return finished(planter)
