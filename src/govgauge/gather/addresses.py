"""What the references of a page lead to, remembered: the links of a template are the same on every page."""

from collections.abc import Callable
from functools import lru_cache

from govgauge.gather import urls
from govgauge.gather.link_values import fills_a_template, is_page_itself

KEPT_IN_FOLDER = 500
"""References kept that mean something in one folder only; an entry is some 250 bytes, and 256 folders are kept."""
KEPT_ON_SITE = 16_384
"""References kept that mean the same on all pages of a site: those from its root, and whole URLs."""

_ALIKE_EVERYWHERE = ("/", "http://", "https://", "#", "javascript:")


@lru_cache(2)  # whoever reads a page asks anew
def addresses(base: str, encoding: str) -> Callable[[str], str]:
    """What a reference means on a page: its canonical URL, empty when it is no link to a web page.

    `base` is the base URL of the page, `encoding` the WHATWG name of the encoding in which it writes queries.
    """
    folder = urls.folder(base)
    inside, rooted = _known_in(folder, encoding), _known_on(urls.origin(base), encoding)
    plain = urls.plain_join(folder)

    def address_of(reference: str) -> str:
        url = rooted.get(reference)
        if url is None:
            url = inside.get(reference)
        return learnt(reference) if url is None else url

    def learnt(reference: str) -> str:
        url = plain(reference)
        if not url and not is_page_itself(reference) and not fills_a_template(reference):
            url = urls.absolute(base, reference, encoding) or ""
            url = url if urls.is_web(url) else ""
        if reference.startswith(_ALIKE_EVERYWHERE):
            _keep(rooted, reference, url, KEPT_ON_SITE)
        elif not url or urls.depends_on_folder(reference):
            _keep(inside, reference, url, KEPT_IN_FOLDER)
        return url

    return address_of


def _keep(known: dict[str, str], reference: str, url: str, limit: int) -> None:
    if len(known) >= limit:
        known.clear()
    known[reference] = url


@lru_cache(256)
def _known_in(folder: str, encoding: str) -> dict[str, str]:  # noqa: ARG001  # the cache tells them apart
    return {}


@lru_cache(8)
def _known_on(origin: str, encoding: str) -> dict[str, str]:  # noqa: ARG001  # the cache tells them apart
    return {}
