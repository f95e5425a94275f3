"""北塬市市场监督管理局: behind a firewall that lets the home page and some lists through and turns away the rest."""

from datetime import date
from random import Random

from govgauge.testbed import columns, entrances, files
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.dede import Dede
from govgauge.testbed.writer import Writer

NAME = "beiyuan"
REFUSED = Response(
    status=403,
    body="<html><head><title>访问被拦截</title></head><body><h1>您的访问被阻断</h1><p>请求被网站防火墙拦截，事件编号 20251130-4471。</p></body></html>".encode(),
)
CHALLENGE = Response(
    body=(
        b'<html><head><script>var arg1="9C2B7E0A4D51F3886B7A0E19D4C2F5A1B3E86D07";function setCookie(n,v){document.cookie=n+"="+v;}'
        b'setCookie("acw_sc__v2",arg1);document.location.reload();</script></head><body></body></html>'
    )
)


def build(seed: int, as_of: date) -> Site:
    """The site as of a day. Articles of every second column are refused, those of the others answer a challenge."""
    writer = Writer(
        Random(f"{seed}/{NAME}"),
        area="北塬市",
        body="北塬市市场监督管理局",
        phone="0935-6600315",
        office="市市场监督管理局",
    )
    editor = Editor(writer, as_of)
    portal = Portal(
        name="北塬市市场监督管理局",
        host="scjg.beiyuan.test",
        area="北塬市",
        body="北塬市市场监督管理局",
        as_of=as_of,
        marks=Marks(
            host_body="北塬市市场监督管理局",
            phone="0935-6600315",
            code="6208000019",
            icp="",
            police="甘公网安备62080002000033号",
            gov_mark="",
        ),
        columns=columns.department(
            editor, columns.Size(news=24, notices=16, policies=4), word="北市监", leaders=("局长", "副局长")
        ),
        home_markup=entrances.box(),
    )
    portal.extra |= files.furniture()
    planter = Planter(NAME, portal, Dede())
    columns.fill_catalogue(portal)
    planter.near(portal.home, "多数页面被防火墙拦截，不是死链，也不是空栏目")
    planter.marks()
    site = finished(planter)
    for number, column in enumerate(portal.all_columns()):
        for entry in column.entries:
            site.answers[entry.path] = REFUSED if number % 2 else CHALLENGE
        if column.parent is not None:
            site.answers[column.path] = REFUSED
    site.lost = REFUSED
    return site
