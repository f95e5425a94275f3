"""No notice when a link leads away from the site to one that is no government's."""

import re
from collections.abc import Sequence

import turbohtml

from govgauge import lazy_re
from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta, Params
from govgauge.gather import urls
from govgauge.gather.artifacts import Link, LinkKind
from govgauge.gather.links import from_document
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.site import Site

_LEADS_AWAY = frozenset({LinkKind.A, LinkKind.AREA})
_GOVERNMENT = (".gov.cn", ".政务", ".政务.cn", ".xn--zfr164b", ".xn--zfr164b.cn")
_NAMES_GOVERNMENT = lazy_re.compile(
    r"(?:人民政府(?:办公[厅室])?|政府)(?:门户)?网?站?$|政务服务(?:网|平台|中心)$|一网通办$"
)
"""Words of links to governments, whose sites do not always lie under gov.cn: a doubt is the site's."""
_NOTICE = lazy_re.compile(
    r"(?:即将|将要|正在|您将|确定|是否)(?:要)?(?:离开|跳转)|离开(?:本网站|本站|当前网站|政府网站|.{0,20}(?:门户)?网站)|外(?:部)?链(?:接)?(?:提示|提醒|跳转)|非政府网站|"
    r"[\"'/=](?:visit/link|redirect|leave|outlink|out_?link|golink|go_?url|linkto|extlink|external_?link|jump(?:link|url)?|tzts)[\w.]*\?[\w=&]*(?:url|link|target)=|"
    r"leave_?(?:site|notice|tip|box)|link_?notice|golink|outlink|out_?link|wltip|exitnotice",
    re.IGNORECASE,
)
_PLAIN_LIBRARY = lazy_re.compile(
    r"^(?:jquery(?:[.-]?\d[\d.]*)?(?:[.-]?(?:min|slim|pack))*|jquery[.-](?:migrate|superslide|easing|cookie|lazyload|marquee|kinmaxshow)[\w.-]*|superslide[\w.-]*|swiper[\w.-]*|bootstrap[\w.-]*|"
    r"html5(?:shiv)?[\w.-]*|respond[\w.-]*|modernizr[\w.-]*|echarts[\w.-]*|qrcode[\w.-]*|jiucuo|CA\d+|hm|z_stat|stat|tongji|c)\.js$",
    re.IGNORECASE,
)
_LISTENS = lazy_re.compile(
    r"addEventListener|attachEvent|\.click\s*\(|\.on\s*\(|\.bind\s*\(|\.live\s*\(|\.delegate\s*\(|\.onclick|confirm\s*\(|createElement\s*\(\s*['\"]script|"
    r"document\.links|getElementsByTagName\s*\(\s*['\"]a['\"]|import\s*\(|\$\(\s*['\"]a\b|document\.write",
    re.IGNORECASE,
)

META = Meta(
    id="leave-notice",
    version=2,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=(*home_marks.NEEDS, "html_of"),
    source="国办发〔2017〕47号《政府网站发展指引》，链接管理：打开非政府网站链接时应有提示信息",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Judged on the home page. A notice is mostly a script's work, and scripts are not run: a fault is told only where
    no script of the page could do it."""
    if reason := home_marks.unseen(site):
        return verdict.not_observable(META, reason)
    home = site.home.url if site.home is not None else site.facts.home
    html = site.html_of(home)
    if not html:
        return verdict.not_observable(META, "首页的网页代码没有保存，无法查看离站提示。")
    document = turbohtml.parse(html)
    links = _away(from_document(document, html, home), home)
    if _NOTICE.search(html):
        return verdict.passed(META, {"links": len(links)})
    if not links:
        return verdict.not_applicable(META, "首页没有指向非政府网站的链接。")
    if script := _possible_notice(document):
        return verdict.not_observable(META, f"离站提示可能由脚本（{script}）在点击时弹出，静态页面里看不到。")
    facts: dict[str, Fact] = {"links": len(links), "words": links[0].text or links[0].url}
    return home_marks.missing(META, site, "missing", target=links[0].url, data=facts)


def _away(links: Sequence[Link], home: str) -> list[Link]:
    """Links of the page that lead to hosts of other owners than governments."""
    return [
        link
        for link in links
        if link.kind in _LEADS_AWAY
        and urls.is_web(link.url)
        and not _is_governments(link)
        and not urls.is_same_owner(link.url, home)
    ]


def _is_governments(link: Link) -> bool:
    """Whether a link leads to a government: by the end of its host's name (gov.cn itself, too), or by its words."""
    host = "." + (urls.host(link.url) or "").rstrip(".")
    return host.endswith(_GOVERNMENT) or bool(_NAMES_GOVERNMENT.search("".join(link.text.split())))


def _possible_notice(document: turbohtml.Document) -> str:
    """A script that could catch clicks: one of the page's own that listens, or a file that is no plain library."""
    for script in document.find_all("script"):
        source = (script.attr("src") or "").partition("?")[0].strip()
        if source and not _PLAIN_LIBRARY.match(source.rpartition("/")[2]):
            return source
        if not source and _LISTENS.search(script.text):
            return "页内脚本"
    handler = document.select_one("a[onclick], body[onclick], [data-href], [data-url]")
    return "点击事件" if handler is not None else ""
