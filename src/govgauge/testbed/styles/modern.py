"""A present-day CMS: HTML5 elements, readable addresses /zwgk/tzgg/123456.html, /zwgk/tzgg/list_2.html, <time>."""

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class Modern(Style):
    name = "HTML5"
    per_page = 20
    sitemap_path = "/sitemap.html"
    privacy_path = "/privacy.html"

    def column_path(self, column: Column) -> str:
        return "/" + "/".join(member.slug for member in ancestry(column)) + "/index.html"

    def paging_path(self, column: Column, number: int) -> str:
        return column.path.replace("index.html", f"list_{number}.html")

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return column.path.replace("index.html", f"{7800000 + serial}.html")

    def home(self, portal: Portal) -> str:
        blocks = "".join(
            f'<section class="card"><header><h2>{column.name}</h2>{link(column.path, "查看更多")}</header>{self._rows(column.newest_first[:6])}</section>'
            for column in portal.all_columns()
            if column.on_home
        )
        friends = "".join(f"<li>{link(url, words)}</li>" for words, url in portal.friends)
        channels = "".join(f"<li>{link(url, words)}</li>" for words, url in portal.channels)
        return self._frame(
            portal,
            portal.name,
            f"<main>{portal.home_markup}{blocks}<aside><ul>{channels}</ul><ul>{friends}</ul></aside></main>",
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = f'<div class="rich">{column.body}</div>'
        elif column.children and not column.entries:
            inner = "".join(
                f"<section><h3>{link(child.path, child.name)}</h3>{self._rows(child.newest_first[:5])}</section>"
                for child in column.children
            )
        else:
            inner = f"{column.intro}{self._rows(entries)}{self._paging(column, number, last)}"
        side = "".join(f"<li>{link(child.path, child.name)}</li>" for child in ancestry(column)[0].children)
        aside = f'<aside class="menu"><ul>{side}</ul></aside>' if side else ""
        return self._frame(
            portal,
            f"{column.name} | {portal.name}",
            f"{self._crumbs(column)}{aside}<main><h1>{column.name}</h1>{inner}</main>",
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        line = (
            ""
            if entry.hidden
            else f'<p class="meta"><time datetime="{entry.shown_day}">发布时间：{entry.shown_day}</time><span>来源：{entry.source}</span></p>'
        )
        sheet = "".join(f"<dt>{label}</dt><dd>{value}</dd>" for label, value in entry.sheet)
        text = "".join(f"<p>{paragraph}</p>" for paragraph in entry.paragraphs)
        text += "".join(f'<figure><img src="{path}" alt="图片"></figure>' for path in entry.pictures)
        files = "".join(f"<li>{link(path, words)}</li>" for words, path in entry.files)
        more = "".join(f"<li>{link(url, words)}</li>" for words, url in entry.related)
        return self._frame(
            portal,
            f"{entry.title} | {portal.name}",
            f"{self._crumbs(column)}<main><article><h1>{entry.title}</h1>{line}"
            + (f"<dl class='sheet'>{sheet}</dl>" if sheet else "")
            + f'<div class="article-content">{text}{entry.raw}</div>'
            + (f"<h4>附件下载</h4><ul>{files}</ul>" if files else "")
            + (f"<h4>相关阅读</h4><ul>{more}</ul>" if more else "")
            + "</article></main>",
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(portal, f"{title} | {portal.name}", f"<main><h1>{title}</h1>{markup}</main>")

    def _rows(self, entries: list[Entry]) -> str:
        rows = "".join(
            f'<li><a href="{entry.path}">{entry.title}</a><time>{entry.listed_day}</time></li>' for entry in entries
        )
        return f'<ul class="list-unstyled">{rows}</ul>'

    def _paging(self, column: Column, number: int, last: int) -> str:
        if last == 1:
            return ""
        numbers = "".join(
            f'<li class="{"active" if one == number else ""}">{link(column.path if one == 1 else self.paging_path(column, one), str(one))}</li>'
            for one in range(1, last + 1)
        )
        return f'<ul class="pagination">{numbers}</ul>'

    def _crumbs(self, column: Column) -> str:
        items = "".join(f"<li>{link(one.path, one.name)}</li>" for one in ancestry(column))
        return f'<nav class="breadcrumb"><ol><li>{link("/", "首页")}</li>{items}</ol></nav>'

    def _frame(self, portal: Portal, title: str, main: str) -> str:
        menu = "".join(f"<li>{link(column.path, column.name)}</li>" for column in portal.columns if column.in_menu)
        viewport = (
            '<meta name="viewport" content="width=device-width, initial-scale=1">' if portal.marks.viewport else ""
        )
        return (
            f'<!doctype html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>{title}</title>{viewport}'
            f'<link rel="stylesheet" href="/images/style.css">{portal.head_markup}</head>\n<body>\n<header class="site">{feet.tools(portal)}'
            f'<a href="/"><img src="/images/logo.png" alt="{portal.name}"></a><nav><ul><li><a href="/">首页</a></li>{menu}</ul></nav></header>\n{main}\n'
            f"<footer>{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path)}</footer>{feet.notice(portal)}\n</body>\n</html>\n"
        )
