"""A single-page application: one empty shell at every address, contents in JSON that a script fetches."""

import json

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.model import Response
from govgauge.testbed.styles.style import Style


class Vue(Style):
    name = "Vue 单页应用"

    def column_path(self, column: Column) -> str:
        return f"/list/{column.slug}"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/list/{column.slug}?page={number}"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return f"/detail/{serial}"

    def home(self, portal: Portal) -> str:
        return self._shell(portal)

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:  # noqa: ARG002
        return self._shell(portal)

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:  # noqa: ARG002
        return self._shell(portal)

    def single(self, portal: Portal, title: str, markup: str) -> str:  # noqa: ARG002
        return self._shell(portal)

    def render(self, portal: Portal) -> dict[str, Response]:
        """The shell at every address, and the JSON behind it."""
        pages = super().render(portal)
        for column in portal.all_columns():
            rows = [
                {"title": entry.title, "date": entry.listed_day.isoformat(), "url": entry.path}
                for entry in column.newest_first
            ]
            body = json.dumps({"name": column.name, "total": len(rows), "rows": rows}, ensure_ascii=False).encode()
            pages[f"/api/list/{column.slug}"] = Response(body=body, content_type="application/json")
        script = b"import('/assets/vendor.js');fetch('/api/menu').then(r=>r.json()).then(render);"
        pages["/assets/app.5f3c1d9a.js"] = Response(body=script, content_type="application/javascript")
        return pages

    def _shell(self, portal: Portal) -> str:
        return (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{portal.name}</title>'
            '<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/images/style.css">'
            '</head><body><noscript>请启用 JavaScript 后访问本网站。</noscript><div id="app"></div>'
            '<script type="module" src="/assets/app.5f3c1d9a.js"></script></body></html>'
        )
