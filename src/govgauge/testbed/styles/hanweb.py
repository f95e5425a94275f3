"""大汉 style: /col/col12/index.html with a datastore of records, /art/2025/11/5/art_12_345.html, comments as slots."""

from html import escape

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class Hanweb(Style):
    name = "大汉"
    per_page = 45
    sitemap_path = "/col/col9001/index.html"
    privacy_path = "/col/col9002/index.html"

    def column_path(self, column: Column) -> str:
        return f"/col/col{column.number}/index.html"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/col/col{column.number}/index.html?uid=5{column.number}&pageNum={number}"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:
        day = entry.address_day or entry.day
        return f"/art/{day.year}/{day.month}/{day.day}/art_{column.number}_{1230000 + serial}.html"

    def home(self, portal: Portal) -> str:
        blocks = ""
        for column in portal.all_columns():
            if column.on_home:
                rows = "".join(self._row(entry) for entry in column.newest_first[:7])
                blocks += (
                    f'<div class="mod"><div class="tab">{link(column.path, column.name)}<em>{link(column.path, "MORE")}</em></div>'
                    f'<ul class="newslist">{rows}</ul></div>'
                )
        options = "".join(f'<option value="{url}">{words}</option>' for words, url in portal.friends)
        friends = f'<select onchange="window.open(this.value)"><option value="">友情链接</option>{options}</select>'
        return self._frame(
            portal,
            portal.name,
            f'<div class="wrap">{portal.home_markup}{blocks}<div class="yqlj">{friends}</div></div>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = column.body
        elif column.children and not column.entries:
            inner = "".join(
                f'<div class="sub"><h3>{link(child.path, child.name)}</h3><ul>{"".join(self._row(entry) for entry in child.newest_first[:5])}</ul></div>'
                for child in column.children
            )
        else:
            inner = column.intro + self._store(column, entries, number, last)
        left = "".join(f"<dd>{link(child.path, child.name)}</dd>" for child in ancestry(column)[0].children)
        side = f'<dl class="lm"><dt>{ancestry(column)[0].name}</dt>{left}</dl>' if left else ""
        return self._frame(
            portal,
            f"{portal.name} {column.name}",
            f'<div class="wrap">{self._crumbs(column)}{side}<div class="con" id="5{column.number}">{inner}</div></div>',
            f'<meta name="ColumnName" content="{column.name}"><meta name="ColumnType" content="">',
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        meta = f'<meta name="ArticleTitle" content="{entry.title}"><meta name="ColumnName" content="{column.name}">'
        if not entry.hidden:
            meta += f'<meta name="PubDate" content="{entry.shown_day} 10:12"><meta name="ContentSource" content="{entry.source}">'
        line = (
            ""
            if entry.hidden
            else f"<tr><td class='xx'>发布日期：<!--<$[信息时间]>begin-->{entry.shown_day} 10:12<!--<$[信息时间]>end--> 信息来源：{entry.source} 字体：[大 中 小]</td></tr>"
        )
        rows = "".join(f"<li><b>{label}：</b><span>{value}</span></li>" for label, value in entry.sheet)
        sheet = f'<ul class="xxgk-info">{rows}</ul>' if rows else ""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in entry.paragraphs)
        text += "".join(f'<p><img src="{path}"></p>' for path in entry.pictures)
        text += "".join(f"<p>{link(path, words)}</p>" for words, path in entry.files)
        more = "".join(f"<li>{link(url, words)}</li>" for words, url in entry.related)
        return self._frame(
            portal,
            f"{portal.name} {column.name} {entry.title}",
            f'<div class="wrap">{self._crumbs(column)}{sheet}<table width="100%" id="article"><tr><td class="title">'
            f"<!--<$[信息标题]>begin-->{entry.title}<!--<$[信息标题]>end--></td></tr>{line}"
            f'<tr><td class="bt_content"><div id="zoom"><!--ZJEG_RSS.content.begin-->{text}{entry.raw}<!--ZJEG_RSS.content.end--></div></td></tr></table>'
            + (f'<div class="about"><h4>相关信息</h4><ul>{more}</ul></div>' if more else "")
            + "</div>",
            meta,
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(
            portal,
            f"{portal.name} {title}",
            f'<div class="wrap"><div class="wz">您现在的位置：{link("/", "首页")} &gt; {title}</div><div class="con">{markup}</div></div>',
        )

    def _store(self, column: Column, entries: list[Entry], number: int, last: int) -> str:
        records = "".join(f"<record><![CDATA[{self._row(entry)}]]></record>\n" for entry in entries)
        return (
            f'<script src="/module/jslib/jpage.js"></script><script type="text/xml"><datastore><nextgroup></nextgroup>\n'
            f"<recordset>\n{records}</recordset></datastore></script>\n"
            f"<script>jpage({{perPage:15,totalRecord:{len(column.entries)},currentPage:{number},totalpage:{last}}});</script>"
        )

    def _row(self, entry: Entry) -> str:
        return f'<li><a href="{entry.path}" target="_blank" title="{escape(entry.title)}">{entry.title}</a><b>[{entry.listed_day}]</b></li>'

    def _crumbs(self, column: Column) -> str:
        return f'<div class="wz">您现在的位置：{link("/", "首页")} &gt; {" &gt; ".join(link(one.path, one.name) for one in ancestry(column))}</div>'

    def _frame(self, portal: Portal, title: str, main: str, meta: str = "") -> str:
        marks = portal.marks
        menu = "".join(
            f'<td><a href="{column.path}">{column.name}</a></td>' for column in portal.columns if column.in_menu
        )
        viewport = '<meta name="viewport" content="width=device-width,initial-scale=1">' if marks.viewport else ""
        code = f'<meta name="SiteIDCode" content="{marks.code}">' if marks.code else ""
        return (
            f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8"/>\n<title>{title}</title>\n<meta name="SiteName" content="{portal.name}">'
            f'<meta name="SiteDomain" content="{portal.host}">{code}{viewport}{meta}\n<link href="/images/style.css" rel="stylesheet">{portal.head_markup}</head>\n'
            f'<body>\n<div class="top">{feet.tools(portal)}<a href="/"><img src="/images/logo.png" alt="{portal.name}"></a></div>\n'
            f'<table class="menu"><tr><td><a href="/">首页</a></td>{menu}</tr></table>\n{main}\n'
            f"{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}{feet.notice(portal)}</body>\n</html>\n"
        )
