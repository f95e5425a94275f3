"""朔川市住房和城乡建设局: a city bureau on ASP.NET; errors shown, session ids, headers that tell, surveys left open."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import bodies, columns, entrances, files
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Response, Site
from govgauge.testbed.planting import Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.aspnet import AspNet
from govgauge.testbed.writer import Writer

NAME = "shuochuan"
SERVER_ERROR = (
    "<html><head><title>Server Error</title></head><body><h1>Server Error in '/' Application.</h1>"
    "<h2><i>Invalid column name 'lanmu_id'.</i></h2><b>Exception Details: </b>System.Data.SqlClient.SqlException: "
    "Invalid column name 'lanmu_id'.<br><b>Source File: </b> D:\\wwwroot\\zjj\\list.aspx.cs<b> &nbsp;&nbsp; Line: </b> 41<br><br>"
    "<b>Stack Trace:</b> <br><pre>[SqlException (0x80131904): Invalid column name 'lanmu_id'.]\n"
    "   at System.Data.SqlClient.SqlConnection.OnError(SqlException exception) in D:\\wwwroot\\zjj\\list.aspx.cs:line 88\n"
    "   at zjj.list.Page_Load(Object sender, EventArgs e) in D:\\wwwroot\\zjj\\list.aspx.cs:line 41</pre></body></html>"
)


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    random = Random(f"{seed}/{NAME}")
    writer = Writer(
        random, area="朔川市", body="朔川市住房和城乡建设局", phone="0352-7700410", office="市住房和城乡建设局"
    )
    editor = Editor(writer, as_of)
    portal = Portal(
        name="朔川市住房和城乡建设局",
        host="zjj.shuochuan.test",
        area="朔川市",
        body="朔川市住房和城乡建设局",
        as_of=as_of,
        marks=Marks(
            host_body="朔川市住房和城乡建设局",
            phone="0352-7700410",
            code="1402000037",
            icp="晋ICP备13004455号-1",
            police="晋公网安备14020002000077号",
            accessible=False,
            elder=False,
            viewport=False,
        ),
        columns=columns.department(
            editor,
            columns.Size(news=34, notices=18, policies=4, letters=5),
            word="朔建字",
            leaders=("局长", "总工程师"),
        ),
        friends=[("市人民医院", "http://hospital.neighbour.test/")],
        home_markup=entrances.box(without=("proposals",)),
        headers=(("Server", "Microsoft-IIS/8.5"), ("X-AspNet-Version", "4.0.30319"), ("X-Powered-By", "ASP.NET")),
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", bodies.letter_form())
    style = AspNet(random)
    planter = Planter(NAME, portal, style)
    columns.link_interpretations(portal.column("zcwj"), portal.column("zcjd"))
    columns.fill_catalogue(portal)
    planter.missing_topics("proposals")
    _safety(planter)
    _dialogue(planter, editor)
    _articles(planter)
    planter.policy_library(portal.column("zcwj"))
    portal.column("ysqgk").body = bodies.request_by_post(writer)
    planter.tell("request-channel", portal.home, "form", "依申请公开没有在线申请表")
    planter.marks()
    site = finished(planter)
    plain = dict(site.answers)
    prefix = f"/(S({style.session}))"
    site.answer = lambda path: plain.get(path.removeprefix(prefix)) if path.startswith(prefix) else None
    site.lost = Response(
        status=404,
        body=b"<html><head><title>404</title></head><body><h2>404 - File or directory not found.</h2></body></html>",
    )
    return site


def _safety(planter: Planter) -> None:
    portal = planter.portal
    for name in ("Server", "X-AspNet-Version"):
        planter.tell("security-headers", portal.home, name, "响应头泄露软件版本")
    planter.tell("mobile-layout", portal.home, "viewport", "页面没有为手机设置视口")
    news = portal.column("gzdt").newest_first
    portal.extra["/list.aspx?cid=77&area=2"] = Response(body=SERVER_ERROR.encode())
    news[3].raw += '<p><a href="/list.aspx?cid=77&amp;area=2">按区域查看</a></p>'
    planter.tell(
        "error-disclosure",
        planter.url("/list.aspx?cid=77&area=2"),
        "zjj.list.Page_Load",
        "显示程序错误堆栈和服务器路径",
    )
    planter.tell("broken-link", news[3], planter.url("/list.aspx?cid=77&area=2"), "状态 200 的程序错误页")
    backup = (
        '<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n<connectionStrings>\n'
        '<add name="zjj" connectionString="Data Source=.;Initial Catalog=zjj;User ID=sa;Password=placeholder" />\n'
        '</connectionStrings>\n<system.web><customErrors mode="Off" /></system.web>\n</configuration>\n'
    )
    portal.extra["/web.config.bak"] = Response(body=backup.encode(), content_type="application/octet-stream")
    planter.tell("exposed-file", planter.url("/web.config.bak"), "", "配置文件备份可以下载")


def _dialogue(planter: Planter, editor: Editor) -> None:
    portal = planter.portal
    surveys = portal.column("yjzj")
    forgotten = editor.consultation(surveys, editor.workday(portal.as_of - timedelta(days=300)), 30)
    planter.settle()
    planter.tell("survey-feedback", forgotten, "", "征集结束八个月没有公布结果")
    running = surveys.newest_first[0]
    planter.near(running, "征集刚结束或仍在进行")
    letters = portal.column("ldxx").entries
    letters[1].sheet = [
        (label, "您好！您的来信已收到，我们会尽快转交有关部门处理，感谢您的支持。" if label == "答复内容" else value)
        for label, value in letters[1].sheet
    ]
    planter.tell("message-perfunctory", letters[1], "", "答复没有内容")
    late = letters[3]
    answered = date.fromisoformat(dict(late.sheet)["来信时间"]) + timedelta(days=130)
    moved = late.day - timedelta(days=140)
    late.day = moved
    late.sheet = [
        (
            label,
            {"来信时间": moved.isoformat(), "答复时间": (answered - timedelta(days=140)).isoformat()}.get(label, value),
        )
        for label, value in late.sheet
    ]
    planter.tell("message-overdue", late, "130", "四个多月后才答复")
    portal.column(
        "lxtj"
    ).body = "<p>本栏目用于说明来信办理的有关要求。来信请写明具体地点和联系方式，便于工作人员核实情况。</p>"
    portal.column("lxtj").name = "来信须知"
    planter.tell("message-statistics", portal.column("zmhd"), "", "没有公布来信办理统计")


def _articles(planter: Planter) -> None:
    portal = planter.portal
    news, notices = portal.column("gzdt").newest_first, portal.column("tzgg").newest_first
    planter.impossible(news[5], "2025-02-30")
    planter.broken_download(
        notices[2], "/UploadFiles/2025/notice.pdf", "附件1.pdf", Response(status=500, body=b"error"), "500"
    )
    planter.broken_image(news[7], "/UploadFiles/2025/p1.png", Response(status=500, body=b"error"), "500")
    planter.broken_link(notices[4], "/news.aspx?id=1", "上一次公告", "404")
    planter.wrong_word(news[9], "施工单位要按步就班推进各项工序。", "按步就班")
    planter.noise(notices[6], "undefined undefined", "undefined")
    guides = portal.column("bszn").entries
    guides[0].sheet = [row for row in guides[0].sheet if row[0] not in ("设定依据", "办理流程")]
    planter.tell("guide-element-missing", guides[0], "basis", "指南没有设定依据")
    planter.tell("guide-element-missing", guides[0], "process", "指南没有办理流程")
