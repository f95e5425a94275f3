"""SiteServer style: /channels/18111.html, /channels/18111_2.html, /contents/18111/2345.html; pages in GBK."""

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.model import Response
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class SiteServer(Style):
    """`undeclared` leaves the charset out of both the header and the page on every third address."""

    name = "SiteServer"
    encoding = "gbk"
    declared = ""
    per_page = 12
    sitemap_path = "/wzdt.html"
    privacy_path = "/ysbh.html"

    def column_path(self, column: Column) -> str:
        return f"/channels/{column.number}.html"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/channels/{column.number}_{number}.html"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return f"/contents/{column.number}/{50000 + serial}.html"

    def page(self, portal: Portal, markup: str) -> Response:
        """GBK; on pages of even length nothing says so."""
        made = super().page(portal, markup)
        if len(made.body) % 2:
            return made
        silent = made.body.replace(b'<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />', b"")
        return Response(body=silent, content_type=made.content_type, headers=made.headers)

    def home(self, portal: Portal) -> str:
        blocks = ""
        for column in portal.all_columns():
            if column.on_home:
                rows = "".join(self._row(entry) for entry in column.newest_first[:8])
                blocks += f'<div class="block"><div class="hd"><span class="t">{column.name}</span><a class="m" href="{column.path}">更多&gt;&gt;</a></div><ul>{rows}</ul></div>'
        friends = " ".join(link(url, words) for words, url in portal.friends)
        return self._frame(
            portal,
            portal.name,
            f'<div id="main">{portal.home_markup}{blocks}<div class="flink">友情链接：{friends}</div></div>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = column.body
        elif column.children and not column.entries:
            inner = "".join(
                f'<div class="block"><div class="hd">{link(child.path, child.name)}</div><ul>{"".join(self._row(entry) for entry in child.newest_first[:5])}</ul></div>'
                for child in column.children
            )
        else:
            inner = f"{column.intro}<ul class='newsList'>{''.join(self._row(entry) for entry in entries)}</ul>{self._paging(column, number, last)}"
        return self._frame(
            portal,
            f"{column.name}-{portal.name}",
            f'<div id="main">{self._crumbs(column)}{self._side(column)}<div class="listR">{inner}</div></div>',
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        line = (
            ""
            if entry.hidden
            else f'<div class="info">来源：{entry.source}　时间：{entry.shown_day}　点击数：<span id="hits"></span></div>'
        )
        sheet = "".join(f"<p><strong>{label}：</strong>{value}</p>" for label, value in entry.sheet)
        text = "".join(f"<p>　　{paragraph}</p>" for paragraph in entry.paragraphs)
        text += "".join(f'<p style="text-align:center"><img src="{path}" /></p>' for path in entry.pictures)
        text += "".join(f'<p>附件：<a href="{path}">{words}</a></p>' for words, path in entry.files)
        more = "".join(f"<li>{link(url, words)}</li>" for words, url in entry.related)
        return self._frame(
            portal,
            f"{entry.title}-{portal.name}",
            f'<div id="main">{self._crumbs(column)}<div class="article"><h1>{entry.title}</h1>{line}<div class="content">{sheet}{text}{entry.raw}</div>'
            + (f'<div class="rel">相关文章：<ul>{more}</ul></div>' if more else "")
            + "</div></div>",
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(
            portal,
            f"{title}-{portal.name}",
            f'<div id="main"><div class="pos">当前位置：{link("/", "首页")} &gt; {title}</div><div class="content">{markup}</div></div>',
        )

    def _row(self, entry: Entry) -> str:
        return f'<li><span>{entry.listed_day}</span><a href="{entry.path}" target="_blank">{entry.title}</a></li>'

    def _paging(self, column: Column, number: int, last: int) -> str:
        if last == 1:
            return ""
        numbers = "".join(
            f"<b>{one}</b>"
            if one == number
            else link(column.path if one == 1 else self.paging_path(column, one), str(one))
            for one in range(1, last + 1)
        )
        after = link(self.paging_path(column, number + 1), "下一页") if number < last else "下一页"
        return f'<div class="pager">共{len(column.entries)}条 {numbers} {after}</div>'

    def _side(self, column: Column) -> str:
        top = ancestry(column)[0]
        rows = "".join(f"<li>{link(child.path, child.name)}</li>" for child in top.children)
        return f'<div class="listL"><h2>{top.name}</h2><ul>{rows}</ul></div>' if rows else ""

    def _crumbs(self, column: Column) -> str:
        return f'<div class="pos">当前位置：{link("/", "首页")} &gt; {" &gt; ".join(link(one.path, one.name) for one in ancestry(column))}</div>'

    def _frame(self, portal: Portal, title: str, main: str) -> str:
        menu = "".join(f"<li>{link(column.path, column.name)}</li>" for column in portal.columns if column.in_menu)
        viewport = '<meta name="viewport" content="width=device-width" />' if portal.marks.viewport else ""
        return (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
            '<html xmlns="http://www.w3.org/1999/xhtml">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=gb2312" />\n'
            f"<title>{title}</title>{viewport}\n"
            f'<link href="/images/style.css" rel="stylesheet" type="text/css" />{portal.head_markup}\n</head>\n<body>\n'
            f'<div id="head">{feet.tools(portal)}<a href="/"><img src="/images/logo.png" alt="{portal.name}" /></a></div>\n'
            f'<div id="nav"><ul><li><a href="/">首页</a></li>{menu}</ul></div>\n{main}\n'
            f"{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}{feet.notice(portal)}\n</body>\n</html>\n"
        )
