"""DedeCMS style: /a/tzgg/list_12_2.html, /a/tzgg/2025/1105/1234.html."""

from govgauge.testbed.content import Column, Entry
from govgauge.testbed.styles.modern import Modern


class Dede(Modern):
    name = "DedeCMS"
    per_page = 12
    sitemap_path = "/data/sitemap.html"
    privacy_path = "/a/privacy.html"

    def column_path(self, column: Column) -> str:
        return f"/a/{column.slug}/"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/a/{column.slug}/list_{column.number}_{number}.html"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:
        day = entry.address_day or entry.day
        return f"/a/{column.slug}/{day:%Y}/{day:%m%d}/{serial}.html"
