"""The settings of a round: how its sites are visited, by which policy it ranks, who may share a site."""

from msgspec import Struct

from govgauge.office.look_settings import Confirm, Freshness, Repeats
from govgauge.office.monitoring.settings import Monitoring
from govgauge.office.policy import Policy, SharedSites
from govgauge.office.remedy_rules import Remedying


class SiteSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the sites of a round are visited; names as the options of `assess`.

    `visits`, `confirm` and `freshness` say how often, and what is looked at again (see `look_settings`).
    """

    max_pages: int = 1000
    max_seconds: float = 3600
    rate: float = 2
    concurrency: int = 2
    obey_robots: bool = True
    connect_to: tuple[str, ...] = ()
    ca_file: str = ""
    visits: Repeats = Repeats()
    confirm: Confirm | None = Confirm()
    freshness: Freshness | None = None
    reports: bool = False
    policy: Policy = Policy()
    shared_sites: SharedSites = SharedSites.REFUSE
    monitoring: Monitoring = Monitoring()
    remedies: Remedying = Remedying()
