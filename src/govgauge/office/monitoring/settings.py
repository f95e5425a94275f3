"""How often and how long home pages are probed: part of a round's settings."""

from datetime import date

from msgspec import Struct

from govgauge.gather.availability.status import LIMIT_SECONDS

LEAST_A_DAY = 20
"""国办秘函〔2019〕19号, 站点无法访问: at least so many spaced probes a day."""
MOST_A_DAY = 288
"""Every five minutes: more would be a burden on the site."""
WEEK = 7
CONTROLS = ("http://www.gov.cn/", "http://www.cnnic.cn/", "https://www.people.com.cn/")
"""Home pages that open nearly always: when none of them does, it is our own network that is down."""


class Monitoring(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings of the monitoring of a round.

    `times_a_day` probes of each site, each within `limit_seconds`. What failed is tried again `again_seconds` later.
    The week that is judged is the `days` up to `until`; left out, the last ones on record. `controls` are home pages
    that tell a failure of the sites from one of our own network. `keep_days`: older probes are thinned to daily sums.
    """

    times_a_day: int = 24
    limit_seconds: float = LIMIT_SECONDS
    again_seconds: float = 60.0
    days: int = WEEK
    until: date | None = None
    controls: tuple[str, ...] = CONTROLS
    at_once: int = 200
    keep_days: int = 120

    def __post_init__(self) -> None:
        if not LEAST_A_DAY <= self.times_a_day <= MOST_A_DAY:
            raise ValueError(f"monitoring.times_a_day 应为 {LEAST_A_DAY} 至 {MOST_A_DAY}")
        if not 0 < self.limit_seconds <= 60:
            raise ValueError("monitoring.limit_seconds 应大于 0，不超过 60")
        if not 0 < self.again_seconds <= self.interval / 8:
            raise ValueError(f"monitoring.again_seconds 应大于 0，不超过 {self.interval / 8:.0f}")
        if not 1 <= self.days <= 366 or not 1 <= self.at_once <= 1000 or self.keep_days < self.days + 1:
            raise ValueError("monitoring.days 应为 1 至 366，at_once 为 1 至 1000，keep_days 大于 days")

    @property
    def interval(self) -> float:
        """Seconds from one probe of a site to the next."""
        return 86_400 / self.times_a_day
