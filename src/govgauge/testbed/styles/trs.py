"""TRS style: /yw/202511/t20251105_1234.html, createPageHTML paging, TRS_Editor, full meta tags."""

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class Trs(Style):
    name = "TRS"

    def column_path(self, column: Column) -> str:
        return "/" + "/".join(member.slug for member in ancestry(column)) + "/"

    def paging_path(self, column: Column, number: int) -> str:
        return f"{column.path}index_{number - 1}.html"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:
        day = entry.address_day or entry.day
        return f"{column.path}{day:%Y%m}/t{day:%Y%m%d}_{400000 + serial}.html"

    def home(self, portal: Portal) -> str:
        blocks = "".join(self._block(column) for column in portal.all_columns() if column.on_home)
        friends = "".join(f"<li>{link(url, words, 'target=_blank')}</li>" for words, url in portal.friends)
        return self._frame(
            portal,
            portal.name,
            f'<div class="main clearfix">{portal.home_markup}{blocks}<div class="links"><h3>友情链接</h3><ul>{friends}</ul></div></div>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = column.body
        elif column.children and not column.entries:
            inner = "".join(self._block(child) for child in column.children)
        else:
            inner = f'{column.intro}<ul class="list">{"".join(self._row(entry) for entry in entries)}</ul>'
            if last > 1:
                inner += self.paging(column, number, last)
        side = self._side(column)
        meta = (
            f'<meta name="ColumnName" content="{column.name}">'
            f'<meta name="ColumnDescription" content="{portal.name}{column.name}栏目，发布相关信息">'
        )
        return self._frame(
            portal,
            f"{column.name}_{portal.name}",
            f'<div class="main">{self._crumbs(column)}{side}<div class="right">{inner}</div></div>',
            meta,
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        meta = f'<meta name="ColumnName" content="{column.name}"><meta name="ArticleTitle" content="{entry.title}">'
        if not entry.hidden:
            meta += f'<meta name="PubDate" content="{entry.shown_day} 09:30"><meta name="ContentSource" content="{entry.source}">'
        line = (
            ""
            if entry.hidden
            else f'<div class="xxly"><span>发布时间：{entry.shown_day}</span> <span>来源：{entry.source}</span></div>'
        )
        sheet = "".join(f'<tr><td class="t">{label}</td><td>{value}</td></tr>' for label, value in entry.sheet)
        table = f'<table class="xxgk_table" border="1">{sheet}</table>' if sheet else ""
        text = "".join(f'<p style="text-indent:2em">{paragraph}</p>' for paragraph in entry.paragraphs)
        text += "".join(f'<p align="center"><img src="{path}" alt=""></p>' for path in entry.pictures)
        files = "".join(f"<li>{link(path, words)}</li>" for words, path in entry.files)
        more = "".join(f"<li>{link(url, words)}</li>" for words, url in entry.related)
        main = (
            f'<div class="main">{self._crumbs(column)}{table}<h1 class="title">{entry.title}</h1>{line}'
            f'<div class="zw"><div class="TRS_Editor">{text}</div>{entry.raw}</div>'
            + (f'<div class="fj"><h4>附件：</h4><ul>{files}</ul></div>' if files else "")
            + (f'<div class="xg"><h4>相关链接：</h4><ul>{more}</ul></div>' if more else "")
            + "</div>"
        )
        return self._frame(portal, f"{entry.title}_{column.name}_{portal.name}", main, meta)

    def single(self, portal: Portal, title: str, markup: str) -> str:
        crumbs = f'<div class="dqwz">当前位置：{link("/", "首页")} &gt; {title}</div>'
        return self._frame(
            portal,
            f"{title}_{portal.name}",
            f'<div class="main">{crumbs}<h2>{title}</h2><div class="zw">{markup}</div></div>',
        )

    def _frame(self, portal: Portal, title: str, main: str, meta: str = "") -> str:
        marks = portal.marks
        menu = "".join(f"<li>{link(column.path, column.name)}</li>" for column in portal.columns if column.in_menu)
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1.0">' if marks.viewport else ""
        code = f'<meta name="SiteIDCode" content="{marks.code}">' if marks.code else ""
        return (
            f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
            f'<meta name="SiteName" content="{portal.name}"><meta name="SiteDomain" content="{portal.host}">{code}{viewport}{meta}\n'
            f'<link rel="stylesheet" href="/images/style.css">{portal.head_markup}\n</head>\n<body>\n<div class="header">{feet.tools(portal)}'
            f'<div class="logo"><a href="/"><img src="/images/logo.png" alt="{portal.name}"></a></div>'
            f'<div class="search"><form action="/search.html" method="get"><input name="q"><button>搜索</button></form></div></div>\n'
            f'<div class="nav"><ul><li><a href="/">首页</a></li>{menu}</ul></div>\n{main}\n'
            f"{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}{feet.notice(portal)}\n</body>\n</html>\n"
        )

    def paging(self, column: Column, number: int, last: int) -> str:  # noqa: ARG002  # other systems name the column
        return (
            f'<div class="page"><script language="JavaScript">createPageHTML({last}, {number - 1}, "index", "html");'
            "</script></div>"
        )

    def _block(self, column: Column) -> str:
        rows = "".join(self._row(entry) for entry in column.newest_first[:6])
        more = link(column.path, "更多", 'class="more"')
        return f'<div class="box"><h3>{link(column.path, column.name)}{more}</h3><ul class="list">{rows}</ul></div>'

    def _row(self, entry: Entry) -> str:
        return f'<li><a href="{entry.path}" title="{entry.title}" target="_blank">{entry.title}</a><span>{entry.listed_day}</span></li>'

    def _crumbs(self, column: Column) -> str:
        line = " &gt; ".join(link(member.path, member.name) for member in ancestry(column))
        return f'<div class="dqwz">当前位置：{link("/", "首页")} &gt; {line}</div>'

    def _side(self, column: Column) -> str:
        top = ancestry(column)[0]
        if not top.children:
            return ""
        return f'<div class="left"><h2>{top.name}</h2><ul>{"".join(f"<li>{link(child.path, child.name)}</li>" for child in top.children)}</ul></div>'
