"""博达 style: /zwgk/tzgg.htm, lists that are numbered backwards /zwgk/tzgg/3.htm, /info/1024/12345.htm."""

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class Boda(Style):
    name = "博达"
    per_page = 16
    sitemap_path = "/wzdt.htm"
    privacy_path = "/ysbhzc.htm"

    def column_path(self, column: Column) -> str:
        return "/" + "/".join(member.slug for member in ancestry(column)) + ".htm"

    def paging_path(self, column: Column, number: int) -> str:
        """The oldest page is number 1, so that old pages keep their address."""
        last = -(-len(column.entries) // self.per_page)
        return f"{column.path.removesuffix('.htm')}/{last - number + 1}.htm"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return f"/info/{column.number - 10000}/{30000 + serial}.htm"

    def home(self, portal: Portal) -> str:
        blocks = "".join(
            f'<div class="pannel"><div class="tit"><span>{column.name}</span><a href="{column.path}">更多+</a></div>{self._rows(column.newest_first[:7])}</div>'
            for column in portal.all_columns()
            if column.on_home
        )
        friends = "".join(f"<li>{link(url, words)}</li>" for words, url in portal.friends)
        channels = "".join(f"<li>{link(url, words)}</li>" for words, url in portal.channels)
        return self._frame(
            portal,
            portal.name,
            f'<div class="content">{portal.home_markup}{blocks}<ul class="xmt">{channels}</ul><ul class="yqlj">{friends}</ul></div>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = f'<div class="nr">{column.body}</div>'
        elif column.children and not column.entries:
            inner = "".join(
                f'<div class="pannel"><div class="tit">{link(child.path, child.name)}</div>{self._rows(child.newest_first[:5])}</div>'
                for child in column.children
            )
        else:
            inner = f"{column.intro}{self._rows(entries)}{self._paging(column, number, last)}"
        side = "".join(f"<li>{link(child.path, child.name)}</li>" for child in ancestry(column)[0].children)
        left = f'<div class="ej_left"><h2>{ancestry(column)[0].name}</h2><ul>{side}</ul></div>' if side else ""
        return self._frame(
            portal,
            f"{column.name}-{portal.name}",
            f'<div class="content">{left}<div class="ej_right">{self._crumbs(column)}{inner}</div></div>',
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        line = (
            ""
            if entry.hidden
            else f'<div class="sj">时间：{entry.shown_day}　来源：{entry.source}　【字体：大 中 小】</div>'
        )
        sheet = "".join(f"<tr><td>{label}:</td><td>{value}</td></tr>" for label, value in entry.sheet)
        text = "".join(f'<p class="vsbcontent_start">{paragraph}</p>' for paragraph in entry.paragraphs)
        text += "".join(f'<p class="vsbcontent_img"><img src="{path}"></p>' for path in entry.pictures)
        files = "".join(f"<li>附件【{link(path, words)}】</li>" for words, path in entry.files)
        more = "".join(f"<li>{link(url, words)}</li>" for words, url in entry.related)
        return self._frame(
            portal,
            f"{entry.title}-{portal.name}",
            f'<div class="content">{self._crumbs(column)}<form name="_newscontent_fromname"><div class="c_title"><h1>{entry.title}</h1></div>{line}'
            + (f'<table class="xxgk">{sheet}</table>' if sheet else "")
            + f'<div id="vsb_content"><div class="v_news_content">{text}{entry.raw}</div></div>'
            + (f"<ul>{files}</ul>" if files else "")
            + (f'<div class="xgwz"><h4>相关链接</h4><ul>{more}</ul></div>' if more else "")
            + "</form></div>",
            f'<meta name="pageType" content="3"><meta name="pageTitle" content="{entry.title}">',
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(
            portal,
            f"{title}-{portal.name}",
            f'<div class="content"><div class="wz">当前位置：{link("/", "首页")} >> {title}</div>{markup}</div>',
        )

    def _rows(self, entries: list[Entry]) -> str:
        rows = "".join(
            f'<li id="line_u8_{at}"><span>{entry.listed_day}</span><a href="{entry.path}" target="_blank">{entry.title}</a></li>'
            for at, entry in enumerate(entries)
        )
        return f"<ul>{rows}</ul>"

    def _paging(self, column: Column, number: int, last: int) -> str:
        if last == 1:
            return ""
        numbers = "".join(
            f'<span class="p_no_d">{one}</span>'
            if one == number
            else f'<span class="p_no">{link(column.path if one == 1 else self.paging_path(column, one), str(one))}</span>'
            for one in range(1, last + 1)
        )
        return f'<div class="pb_sys_common"><span class="p_t">共{len(column.entries)}条</span> {numbers}</div>'

    def _crumbs(self, column: Column) -> str:
        return f'<div class="wz">当前位置：{link("/", "首页")} >> {" >> ".join(link(one.path, one.name) for one in ancestry(column))}</div>'

    def _frame(self, portal: Portal, title: str, main: str, meta: str = "") -> str:
        menu = "".join(
            f"<li>{link(column.path, column.name)}<ul>{''.join(f'<li>{link(child.path, child.name)}</li>' for child in column.children)}</ul></li>"
            for column in portal.columns
            if column.in_menu
        )
        viewport = (
            '<meta name="viewport" content="width=device-width,initial-scale=1.0">' if portal.marks.viewport else ""
        )
        return (
            f'<!DOCTYPE html>\n<HTML>\n<HEAD>\n<META content="text/html; charset=UTF-8" http-equiv="Content-Type">\n<TITLE>{title}</TITLE>'
            f'<META Name="keywords" Content="{portal.name}">{viewport}{meta}<LINK rel="stylesheet" href="/images/style.css">{portal.head_markup}</HEAD>\n<BODY>\n'
            f'<div class="top">{feet.tools(portal)}<a href="/"><img src="/images/logo.png" alt="{portal.name}"></a></div>\n'
            f'<div class="nav"><ul><li><a href="/">首页</a></li>{menu}</ul></div>\n{main}\n'
            f"{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}{feet.notice(portal)}\n</BODY>\n</HTML>\n"
        )
