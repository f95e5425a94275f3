"""What owners of sites may expect of the rounds under way: how fast they are visited, and how often probed."""

from msgspec import Struct

from govgauge.office.domain import settings as round_settings
from govgauge.office.models import Round, RoundState
from govgauge.office.settings import SiteSettings


class PaceOfVisits(Struct, frozen=True, kw_only=True):
    """The most that the settings of any round under way allow; without a round, what a new one would have.

    `rate` is in requests per second and host, 0 for no limit; `probes` a day of each home page.
    """

    rate: float
    concurrency: int
    obeys_robots: bool
    probes: int

    @property
    def rate_told(self) -> str:
        """The rate without needless zeros."""
        return f"{self.rate:g}"


def pace_of_visits() -> PaceOfVisits:
    """Of the rounds that are not frozen; one query."""
    rounds = Round.objects.exclude(state=RoundState.FROZEN).order_by("id")
    all_settings = [round_settings.of(round_) for round_ in rounds] or [SiteSettings()]
    rates = [one.rate for one in all_settings]
    return PaceOfVisits(
        rate=max(rates) if min(rates) > 0 else 0.0,
        concurrency=max(one.concurrency for one in all_settings),
        obeys_robots=all(one.obey_robots for one in all_settings),
        probes=max(one.monitoring.times_a_day for one in all_settings),
    )
