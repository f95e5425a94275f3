"""Which messages count as enquiries: petitions and reports to the discipline bodies follow rules of their own."""

from govgauge import lazy_re
from govgauge.structure.model import Letter
from govgauge.structure.site import Site

EXCLUDED = lazy_re.compile(r"信访|举报|纪检|纪委|监察|检举|控告|廉政|申诉|巡视|巡察|扫黑|12388|12380")
"""Words of petition and discipline channels (国办秘函〔2019〕19号 V5 leaves them out)."""
MAILBOX_WORDS = lazy_re.compile(
    r"信箱|来信|写信|留言|咨询|问政|诉求|(?<!\d)12345(?!\d)|建言|互动交流|政民互动|公众互动|投诉(?!举报)"
)
"""Words of entrances that take enquiries."""


def enquiries(site: Site) -> dict[str, Letter]:
    """The letters of the site outside of petition and discipline channels. Reads `letters`, `pages` and `columns`."""
    return {url: letter for url, letter in site.letters.items() if not _is_excluded(site, url, letter)}


def _is_excluded(site: Site, url: str, letter: Letter) -> bool:
    page = site.pages.get(url)
    column = site.columns.get(page.column_url) if page else None
    words = [column.name if column else "", page.title if page else "", letter.body]
    return any(EXCLUDED.search(text) for text in words)
