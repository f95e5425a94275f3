"""Fetching a few known pages of a site, with its rules and its patience, and nothing else."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from govgauge.gather import failures, urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.engine import Engine, Stopped, retried
from govgauge.gather.errand import Errand, Outcome
from govgauge.gather.journal import End, Start
from govgauge.gather.plan import Plan
from govgauge.gather.problems import of_os_error
from govgauge.gather.record import Record
from govgauge.gather.rules import Rules

Fetched = tuple[Exchange, bytes | None]
"""What came of a page; its body where it is a page to be read."""


def fetch(plan: Plan, folder: Path, pages: Iterable[str]) -> dict[str, Fetched]:
    """Ask for the home page and then for `pages`, failures a second time; kept in the folder like any visit.

    The home page stands first, under the address at which it was found. A page that robots.txt forbids, or that could
    not be asked for in the plan's time, is left out. Raises VisitError when the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        record = Record(folder, Start(plan=plan, started_at=_now()))
        try:
            return _Few(plan, record).fetched(list(pages))
        finally:
            record.close()
    except OSError as error:
        raise of_os_error(error, folder) from None


class _Few:
    def __init__(self, plan: Plan, record: Record) -> None:
        self._plan = plan
        self._record = record
        self._engine = Engine(plan, record, lambda: True, list)
        self._rules = Rules(plan.user_agent, obeyed=plan.obey_robots)
        self._order = 0
        self._stopped = ""

    def fetched(self, pages: list[str]) -> dict[str, Fetched]:
        found: dict[str, Fetched] = {}
        home = self._plan.url
        try:
            self._engine.territory.settle(home)
            self._learn(home)
            if self._rules.allow_home(home):
                came = self._ask([Errand(home, Purpose.HOME)])[0]
                home = came.exchange.final_url or home
                found[home] = (came.exchange, came.body)
                self._engine.territory.annex(home)
                if came.exchange.failure is Failure.BLOCKED:
                    self._stopped = "home-blocked"
                elif came.body is not None:
                    found |= self._columns([url for url in dict.fromkeys(pages) if url != home])
        except Stopped as stop:
            self._stopped = stop.why
        finally:
            self._engine.close()
        self._record.finish(End(home=home, host=urls.host(home), finished_at=_now(), stopped=self._stopped))
        return found

    def _columns(self, pages: list[str]) -> dict[str, Fetched]:
        for origin in dict.fromkeys(urls.origin(url) for url in pages):
            self._learn(f"{origin}/")
        wanted = [url for url in pages if self._engine.territory.owns(url) and self._rules.allow(url)]
        came = self._ask([self._errand(url) for url in wanted])
        return {outcome.errand.url: (outcome.exchange, outcome.body) for outcome in came}

    def _errand(self, url: str) -> Errand:
        self._order += 1
        return Errand(url, Purpose.PAGE, depth=1, order=self._order)

    def _ask(self, errands: list[Errand]) -> list[Outcome]:
        """Every errand's outcome, that of a second try where the first one failed."""
        came: dict[str, Outcome] = {}
        for attempt in (1, 2):
            due = [each for each in errands if each.url not in came or failures.fault(came[each.url].exchange)]
            for outcome in self._carried_out([retried(each, attempt) if attempt > 1 else each for each in due]):
                came[outcome.errand.url] = outcome
        return list(came.values())

    def _carried_out(self, errands: list[Errand]) -> list[Outcome]:
        came: list[Outcome] = []
        self._engine.carry_out(errands, came.append)
        return came

    def _learn(self, url: str) -> None:
        origin = urls.origin(url)
        if not self._rules.knows(origin):
            exchange = self._carried_out([Errand(f"{origin}/robots.txt", Purpose.ROBOTS)])[0].exchange
            self._rules.learn(origin, exchange, self._record.body(exchange))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
