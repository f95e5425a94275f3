"""Pages of another body that are served under the site's own host: a portal mirrored or embedded below it.

Such pages say so in their meta tags, which the guide of 2017 asks of every page (国办发〔2017〕47号: SiteName,
SiteDomain, SiteIDCode). What they lack or leave unattended is no fault of the body that is assessed; what it publishes
there is found there all the same.
"""

import re
from collections.abc import Mapping

from govgauge import lazy_re
from govgauge.gather import urls
from govgauge.structure.site import Site

_CODE = lazy_re.compile(r"(?:\d{10}|bm\d{8})$", re.IGNORECASE)
_SCHEME = lazy_re.compile(r"^(?:[a-z]+:)?//", re.IGNORECASE)


def of_other_bodies(site: Site) -> frozenset[str]:
    """URLs of the pages that name another site as theirs. Reads `home` and `pages`."""
    if site.home is None:
        return frozenset()
    own = _said(site.home.meta)
    known: dict[tuple[str, str, str], bool] = {}
    found: set[str] = set()
    for url, page in site.pages.items():
        said = page.site_tags
        if said not in known:
            known[said] = _is_other(own, _said(dict(zip(("sitename", "sitedomain", "siteidcode"), said, strict=True))))
        if known[said]:
            found.add(url)
    return frozenset(found)


def _said(meta: Mapping[str, str]) -> tuple[str, str, str]:
    """Name, owner's domain and code of the site that meta tags name; empty where they are missing or malformed."""
    name = re.sub(r"\s", "", meta.get("sitename", ""))
    host = _SCHEME.sub("", meta.get("sitedomain", "").strip()).partition("/")[0].partition(":")[0]
    code = meta.get("siteidcode", "").strip().lower()
    return name, urls.owner_domain(f"http://{host}/") if "." in host else "", code if _CODE.match(code) else ""


def _is_other(own: tuple[str, str, str], said: tuple[str, str, str]) -> bool:
    """Two of name, domain and code must differ: one alone is often a tag that was left as it came with a template."""
    differing = [one != other for one, other in zip(own, said, strict=True) if one and other]
    return sum(differing) >= 2
