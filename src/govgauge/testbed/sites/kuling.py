"""枯岭区人民政府: a neglected portal on PHPCMS; soft errors, loops, traps, planted gambling links, an old edition."""

from datetime import date, timedelta
from random import Random

from govgauge.testbed import columns, files, hostility, outside
from govgauge.testbed.bodies import letter_form
from govgauge.testbed.content import Marks, Portal
from govgauge.testbed.editor import Editor
from govgauge.testbed.model import Behaviour, Response, Site
from govgauge.testbed.planting import Planter
from govgauge.testbed.sites.frame import finished
from govgauge.testbed.styles.phpcms import PhpCms
from govgauge.testbed.styles.style import link
from govgauge.testbed.writer import Writer, identity_number

NAME = "kuling"
SOFT = hostility.page(
    "提示信息",
    "<div class='msg'><h5>提示信息</h5><p>您要访问的内容不存在或已被删除！</p><a href='/'>返回首页</a></div>",
)
HIDDEN = (
    '<div style="position:absolute;left:-9999px;top:-9999px">'
    f'<a href="http://{outside.GAMBLING}/a">真人娱乐在线投注平台</a><a href="http://baijiale88.test/">百家乐网址</a>'
    '<a href="http://liuhe66.test/">六合彩开奖</a></div>'
)


def build(seed: int, as_of: date) -> Site:
    """The site as of a day."""
    writer = Writer(Random(f"{seed}/{NAME}"), area="枯岭区", body="枯岭区人民政府办公室", phone="0951-4400233")
    editor = Editor(writer, as_of)
    portal = Portal(
        name="枯岭区人民政府",
        host="www.kuling.test",
        area="枯岭区",
        body="枯岭区人民政府办公室",
        as_of=as_of,
        marks=Marks(
            host_body="枯岭区人民政府办公室",
            phone="0951-4400233",
            code="6401000071",
            icp="宁ICP备11000099号",
            police="宁公网安备64010002000019号",
            accessible=False,
            elder=False,
            error_report=False,
            privacy=False,
        ),
        columns=columns.portal(
            editor,
            columns.Size(news=30, notices=16, policies=4, letters=5, guides=3),
            word="枯政办",
            leaders=("区长", "副区长"),
        ),
        friends=[("便民查询", f"http://{outside.EXPIRED}/")],
        headers=(("Server", "Apache/2.4.6 (CentOS) PHP/5.4.16"),),
    )
    portal.extra |= {**files.furniture(), "/images/tujie.png": files.picture(400, 300)}
    portal.singles["/letters/write.html"] = ("我要写信", letter_form())
    planter = Planter(NAME, portal, PhpCms())
    columns.link_interpretations(portal.column("zcwj"), portal.column("zcjd"))
    columns.fill_catalogue(portal)
    planter.tell("security-headers", portal.home, "Server", "响应头泄露软件版本")
    _hostile(planter)
    _alien(planter)
    _stale(planter)
    planter.marks()

    def answer(path: str) -> Response | None:
        return hostility.calendar(path, as_of) or hostility.combinations(path)

    site = finished(planter, answer=answer, pages_at_most=1500, seconds_at_most=240)
    site.lost = SOFT
    for path in (portal.column("yw").path, portal.column("tzgg").path):
        site.answers[path] = hostility.packed(site.answers[path])
    return site


def _hostile(planter: Planter) -> None:
    """Addresses that cost a visitor time, each linked from an article."""
    portal = planter.portal
    news = portal.column("yw").newest_first
    portal.extra |= hostility.loop("/jump/a.php", "/jump/b.php")
    portal.extra["/slow.php"] = hostility.trickle()
    portal.extra["/reset.php"] = Response(behaviour=Behaviour.RESET)
    portal.extra["/pack.php"] = hostility.bomb()
    portal.extra["/detail.php"] = hostility.huge()
    portal.extra["/cut.php"] = Response(
        body=hostility.page("统计图", "<p>" + "统计数据按月公布，供查询使用。" * 40 + "</p>").body,
        behaviour=Behaviour.CUT,
    )
    planter.broken_link(news[2], "/jump/a.php", "专题页面", "循环跳转")
    planter.broken_link(news[3], "/reset.php", "项目网站", "连接被重置")
    planter.broken_link(news[4], "/slow.php", "直播页面", "迟迟传不完")
    for number, (path, words) in enumerate(
        (("/pack.php", "数据包"), ("/detail.php", "数据明细"), ("/cut.php", "统计图")), 5
    ):
        news[number].raw += f"<p>{link(path, words)}</p>"
        planter.near(news[number], "返回异常但读者能打开")
    portal.home_markup += '<p><a href="/rili.php">工作日历</a> <a href="/shaixuan.php">条件筛选</a></p>'
    planter.broken_home_link("/index.php?m=content&c=index&a=show&catid=9&id=1", "往期专题", "状态 200 的错误页")
    planter.broken_download(
        portal.column("tzgg").newest_first[2], "/uploadfile/2025/0102/app.doc", "申请表.doc", SOFT, "是错误页"
    )


def _alien(planter: Planter) -> None:
    """What break-ins and neglect left behind."""
    portal = planter.portal
    portal.home_markup += HIDDEN
    for url in (f"http://{outside.GAMBLING}/a", "http://baijiale88.test/", "http://liuhe66.test/"):
        planter.tell("foreign-link", portal.home, url, "暗链：页面外的赌博链接")
    planter.tell("foreign-link", portal.home, f"http://{outside.EXPIRED}/", "友情链接的域名已转到停放服务")
    portal.home_markup += '<p><a href="/old/index.html">返回旧版</a></p>'
    portal.extra["/old/index.html"] = hostility.page(
        "枯岭区人民政府", "<p>枯岭区人民政府网站旧版首页，内容截至2017年。</p>" * 3
    )
    planter.tell("old-site-entry", portal.home, planter.url("/old/index.html"), "旧版网站仍可进入")
    news = portal.column("bmdt").newest_first
    advert = f"http://{outside.SHOP}/tea"
    news[4].raw += f"<p>{link(advert, '特价酒店 立即抢购')}</p>"
    planter.tell("commercial-ad", news[4], advert, "商业广告")
    planter.private(news[6], f"困难群众尹国华（身份证号{identity_number('64010319581102421')}）领取救助金500元。", "id")
    planter.wrong_word(news[8], "个别村庄走头无路才想起求助。", "走头无路")
    planter.noise(news[9], "测试测试测试111", "测试测试测试111")
    portal.extra["/phpinfo.php"] = Response(
        body=b"<html><head><title>phpinfo()</title></head><body><h1 class='p'>PHP Version 5.4.16</h1><table><tr><td>System</td><td>Linux</td></tr></table></body></html>"
    )
    planter.tell("exposed-file", planter.url("/phpinfo.php"), "", "phpinfo 页面公开")
    error = "<b>Warning</b>:  mysql_connect(): Access denied for user 'gov'@'localhost' in <b>/var/www/html/kuling/count.php</b> on line <b>12</b><br />"
    portal.extra["/count.php"] = hostility.page("访问统计", f"<br />{error}<p>访问统计暂不可用，请浏览其他栏目。</p>")
    news[10].raw += "<p><a href='/count.php'>访问统计</a></p>"
    planter.tell("error-disclosure", planter.url("/count.php"), "", "显示程序错误和服务器路径")


def _stale(planter: Planter) -> None:
    portal = planter.portal
    statistics = portal.column("zdjc")
    statistics.entries.clear()
    planter.tell("column-empty", statistics, "", "栏目没有任何内容")
    budget = portal.column("czyjs")
    planter.tell("column-stale", budget, planter.age(budget, 400), "预决算栏目一年多未更新")
    planter.impossible(portal.column("tzgg").newest_first[6], "2025-13-05")
    planter.future(portal.column("bmdt").newest_first[11], portal.as_of + timedelta(days=400))
