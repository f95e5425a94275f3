"""Marks of head and foot in the manners that government sites have."""

from govgauge.testbed.content import Portal
from govgauge.testbed.styles.style import link

MARK_RECORD = "http://bszs.conac.cn/sitename?method=show&amp;id=0A7C51E2B9D04F33E053012819AC0001"
REPORT = "http://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code="


def foot(portal: Portal, *, sitemap: str, privacy: str, table: bool = False) -> str:
    """The foot as lines of a block, or as rows of a table on old pages."""
    marks = portal.marks
    lines = []
    if marks.host_body or marks.phone:
        body = f"主办单位：{marks.host_body}" if marks.host_body else ""
        phone = f"联系电话：{marks.phone}" if marks.phone else ""
        lines.append(f"{body}&nbsp;&nbsp;{phone}")
    numbers = []
    if marks.code:
        numbers.append(f"网站标识码：{marks.code}")
    if marks.icp:
        numbers.append(link("https://beian.miit.gov.cn/", marks.icp, 'target="_blank"'))
    if marks.police:
        digits = "".join(filter(str.isdigit, marks.police))
        numbers.append(
            link(
                f"http://www.beian.gov.cn/portal/registerSystemInfo?recordcode={digits}",
                marks.police,
                'target="_blank"',
            )
        )
    lines.append("&nbsp;&nbsp;".join(numbers))
    links = []
    if marks.sitemap:
        links.append(link(sitemap, "网站地图"))
    if marks.privacy:
        links.append(link(privacy, "隐私声明"))
    lines.append(" | ".join(links))
    lines.append(_pictures(portal))
    lines.append(portal.foot_markup)
    kept = [line for line in lines if line.strip()]
    if table:
        rows = "".join(f'<tr><td align="center">{line}</td></tr>' for line in kept)
        return f'<table width="980" border="0" align="center" class="foot">{rows}</table>'
    return '<div class="footer">' + "".join(f"<p>{line}</p>" for line in kept) + "</div>"


def _pictures(portal: Portal) -> str:
    marks = portal.marks
    mark = '<img src="/images/red.png" width="40" alt="党政机关">'
    found = ""
    if marks.gov_mark == "link":
        found += f'<a href="{MARK_RECORD}" target="_blank">{mark}</a>'
    elif marks.gov_mark == "picture":
        found += mark
    if marks.error_report:
        found += f'<a href="{REPORT}{marks.code}" target="_blank"><img src="/images/jiucuo.png" alt="政府网站找错"></a>'
    return found


def tools(portal: Portal) -> str:
    """The entrances for readers with special needs, in the head of the page."""
    marks = portal.marks
    found = ""
    if marks.accessible:
        found += '<a href="javascript:void(0)" id="wza" onclick="openAccessible()">无障碍浏览</a> '
    if marks.elder:
        found += '<a href="javascript:void(0)" id="slh" onclick="openElder()">长者模式</a>'
    return f'<div class="tools">{found}</div>' if found else ""


def notice(portal: Portal) -> str:
    """The script that asks before one leaves for a site of others."""
    if not portal.marks.notice:
        return ""
    return (
        '<div id="leaveTip" style="display:none"><p>您即将离开本网站，是否继续？</p>'
        '<a href="javascript:;" id="leaveGo">继续访问</a> <a href="javascript:;" id="leaveNo">放弃</a></div>'
    )
