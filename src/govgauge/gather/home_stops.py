"""Why a visit ends at the home page: the word that stands in `Crawl.stopped`."""

from govgauge.gather import failures
from govgauge.gather.answers import is_page
from govgauge.gather.artifacts import Exchange, Failure

OTHER_SCHEME = failures.NETWORK | {Failure.WRONG_CONTENT, Failure.CLOSED}
"""Failures after which the site may still open under the other scheme."""

_BY_FAILURE = {
    Failure.BLOCKED: "home-blocked",
    Failure.ROBOTS: "home-robots",
    Failure.WRONG_CONTENT: "home-wrong-content",
    Failure.CLOSED: "home-closed",
}


def why(home: Exchange, *, opened: bool, rules_unheard: bool) -> str:
    """The word for a home page as it came; empty when the visit goes on.

    `opened` says whether its content came, `rules_unheard` whether the site's robots.txt could not be had.
    """
    if not opened:
        return _BY_FAILURE.get(home.failure or Failure.DNS, "home-failed")
    if not is_page(home):
        return "home-not-html"
    return "robots-unreachable" if rules_unheard else ""
