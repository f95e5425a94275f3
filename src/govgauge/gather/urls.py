"""URLs by the WHATWG rules: resolving references, and the form under which a URL is visited once."""

import ada_url


def resolve(base: str, href: str) -> str | None:
    """The absolute URL that `href` means on a page whose base is `base`; None when invalid."""
    try:
        return ada_url.join_url(base, href)
    except ValueError:
        return None


def canonical(url: str) -> str:
    """The form under which a URL is visited once. An invalid URL is returned as it is."""
    try:
        parsed = ada_url.URL(url)
    except ValueError:
        return url
    parsed.hash = ""
    return parsed.href


def host(url: str) -> str:
    """Host name of a URL without port, lower case; empty when it has none."""
    try:
        return ada_url.URL(url).hostname
    except ValueError:
        return ""
