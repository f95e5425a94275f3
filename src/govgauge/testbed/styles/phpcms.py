"""PHPCMS style: everything behind index.php with parameters, whose order changes from place to place."""

from govgauge.testbed.content import Column, Entry
from govgauge.testbed.styles.style import link
from govgauge.testbed.styles.trs import Trs


class PhpCms(Trs):
    """Looks like a TRS site that was copied by hand, without its meta tags' care."""

    name = "PHPCMS"
    per_page = 10
    sitemap_path = "/index.php?m=content&c=map"
    privacy_path = "/index.php?m=content&c=privacy"

    def column_path(self, column: Column) -> str:
        return f"/index.php?m=content&c=index&a=lists&catid={column.number}"

    def paging_path(self, column: Column, number: int) -> str:
        return f"{self.column_path(column)}&page={number}"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:  # noqa: ARG002  # no day in these addresses
        return f"/index.php?m=content&c=index&a=show&catid={column.number}&id={serial}"

    def paging(self, column: Column, number: int, last: int) -> str:
        numbers = "".join(
            f"<span>{one}</span>"
            if one == number
            else link(column.path if one == 1 else self.paging_path(column, one), str(one))
            for one in range(1, last + 1)
        )
        return f'<div id="pages">{numbers}</div>'
