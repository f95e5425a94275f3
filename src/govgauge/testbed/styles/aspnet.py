"""ASP.NET style: list.aspx?cid=12, news.aspx?id=345, GridView lists, __doPostBack paging, session ids in addresses."""

from random import Random

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class AspNet(Style):
    """Only the first page of a list has an address: further ones answer to a form. `session` stands in some links."""

    name = "ASP.NET"
    per_page = 20
    sitemap_path = "/SiteMap.aspx"
    privacy_path = "/Privacy.aspx"

    def __init__(self, random: Random) -> None:
        super().__init__()
        self.session = "".join(random.choice("abcdefghijklmnopqrstuvwxyz012345") for _ in range(24))

    def column_path(self, column: Column) -> str:
        return f"/list.aspx?cid={column.number}"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/list.aspx?cid={column.number}&page={number}"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return f"/news.aspx?id={serial}"

    def home(self, portal: Portal) -> str:
        blocks = ""
        for column in portal.all_columns():
            if column.on_home:
                rows = "".join(
                    f'<tr><td>·<a href="/(S({self.session})){entry.path}">{entry.title}</a></td><td>{entry.listed_day}</td></tr>'
                    for entry in column.newest_first[:6]
                )
                blocks += f'<div class="panel"><div class="panel-title">{column.name}<a href="{column.path}">more</a></div><table>{rows}</table></div>'
        friends = "".join(link(url, words, 'class="fl"') for words, url in portal.friends)
        return self._frame(
            portal,
            portal.name,
            "default.aspx",
            f'<div id="content">{portal.home_markup}{blocks}<div>{friends}</div></div>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = column.body
        elif column.children and not column.entries:
            rows = "".join(f'<li><a href="{child.path}">{child.name}</a></li>' for child in column.children)
            inner = f'<ul class="sub">{rows}</ul>'
        else:
            rows = "".join(
                f'<tr><td><a id="GridView1_ctl{at:02d}_link" href="{entry.path.lstrip("/")}">{entry.title}</a></td>'
                f'<td><span id="GridView1_ctl{at:02d}_date">{entry.listed_day.year}/{entry.listed_day.month}/{entry.listed_day.day}</span></td></tr>'
                for at, entry in enumerate(entries, 2)
            )
            inner = f'{column.intro}<table cellspacing="0" id="GridView1" class="grid">{rows}{self._pager(number, last)}</table>'
        return self._frame(
            portal,
            f"{column.name} - {portal.name}",
            f"list.aspx?cid={column.number}",
            f'<div id="content">{self._crumbs(column)}{inner}</div>',
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        line = (
            ""
            if entry.hidden
            else f'<div><span id="lblTime">发布时间：{entry.shown_day} 8:30:00</span> <span id="lblFrom">信息来源：{entry.source}</span></div>'
        )
        sheet = "".join(f'<tr><th align="right">{label}：</th><td>{value}</td></tr>' for label, value in entry.sheet)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in entry.paragraphs)
        text += "".join(f'<div><img src="{path}" /></div>' for path in entry.pictures)
        files = "".join(f'<div class="file"><a href="{path}">{words}</a></div>' for words, path in entry.files)
        more = "".join(f"<div>{link(url, words)}</div>" for words, url in entry.related)
        return self._frame(
            portal,
            f"{entry.title} - {portal.name}",
            entry.path.lstrip("/"),
            f'<div id="content">{self._crumbs(column)}<h2><span id="lblTitle">{entry.title}</span></h2>{line}'
            + (f'<table class="sheet">{sheet}</table>' if sheet else "")
            + f'<div id="lblContent">{text}{entry.raw}</div>{files}'
            + (f'<div class="rel"><b>相关链接</b>{more}</div>' if more else "")
            + "</div>",
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(
            portal, f"{title} - {portal.name}", "page.aspx", f'<div id="content"><h2>{title}</h2>{markup}</div>'
        )

    def _pager(self, number: int, last: int) -> str:
        if last == 1:
            return ""
        cells = "".join(
            f"<td><span>{one}</span></td>"
            if one == number
            else f"<td><a href=\"javascript:__doPostBack('GridView1','Page${one}')\">{one}</a></td>"
            for one in range(1, last + 1)
        )
        return f'<tr class="pager"><td colspan="2"><table><tr>{cells}</tr></table></td></tr>'

    def _crumbs(self, column: Column) -> str:
        line = " » ".join(link(one.path, one.name) for one in ancestry(column))
        return f'<div id="SiteMapPath1">{link("/", "首页")} » {line}</div>'

    def _frame(self, portal: Portal, title: str, action: str, main: str) -> str:
        menu = "".join(
            f'<td><a href="{column.path}">{column.name}</a></td>' for column in portal.columns if column.in_menu
        )
        viewport = (
            '<meta name="viewport" content="width=device-width, initial-scale=1" />' if portal.marks.viewport else ""
        )
        return (
            f'<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml">\n<head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" />'
            f'<title>\n\t{title}\n</title>{viewport}<link href="/images/style.css" rel="stylesheet" />{portal.head_markup}</head>\n<body>\n'
            f'<form method="post" action="{action}" id="form1">\n<input type="hidden" name="__VIEWSTATE" value="/wEPDwUKLTE2" />\n'
            '<input type="hidden" name="__EVENTTARGET" value="" /><input type="hidden" name="__EVENTARGUMENT" value="" />\n'
            "<script type=\"text/javascript\">function __doPostBack(t,a){var f=document.forms['form1'];f.__EVENTTARGET.value=t;f.__EVENTARGUMENT.value=a;f.submit();}</script>\n"
            f'<div id="header">{feet.tools(portal)}<a href="/"><img src="/images/logo.png" alt="{portal.name}" /></a></div>'
            f'<table id="Menu1"><tr><td><a href="/">首页</a></td>{menu}</tr></table>\n{main}\n'
            f"{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}{feet.notice(portal)}\n</form>\n</body>\n</html>\n"
        )
