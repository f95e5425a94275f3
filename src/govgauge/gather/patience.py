"""How long a site that does not answer is waited for: all of it, and the parts of it that never answer."""

from collections import defaultdict

from govgauge.gather import failures, urls
from govgauge.gather.artifacts import Exchange, Failure
from govgauge.gather.errand import Errand

SILENCE = 20
"""After so many network failures or refusals in a row on the site's own hosts, the home page is looked at again."""
HOPELESS = 10
"""After so many network failures in a row under one URL template, its other URLs are not waited for."""


class Patience:
    """Counts what goes unheard on the site's own hosts."""

    def __init__(self) -> None:
        self._row = 0
        self._bound = SILENCE
        self._unheard: defaultdict[tuple[str, int], int] = defaultdict(int)

    @property
    def is_at_its_end(self) -> bool:
        """Whether so much went unheard in a row that the site may have shut us out."""
        return self._row >= self._bound

    def note(self, errand: Errand, exchange: Exchange) -> None:
        """Take in an answer, or the lack of one."""
        if errand.foreign:
            return
        if exchange.failure in failures.NETWORK:
            self._row += 1
            self._unheard[urls.template(errand.url), errand.attempt] += 1
        elif exchange.failure is Failure.BLOCKED:
            self._row += 1
        else:
            self._row = 0
            if self._unheard:
                self._unheard.pop((urls.template(errand.url), errand.attempt), None)

    def renew(self) -> None:
        """The site answers after all: wait for twice as long the next time."""
        self._row = 0
        self._bound *= 2

    def has_given_up(self, errand: Errand) -> bool:
        """Whether the URL is one of a kind that never answers, though the site does."""
        if not self._unheard or errand.foreign:
            return False
        return self._unheard.get((urls.template(errand.url), errand.attempt), 0) >= HOPELESS
