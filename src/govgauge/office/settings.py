"""The settings of a round: how its sites are visited, by which policy it ranks, who may share a site."""

from typing import Annotated

from msgspec import Meta, Struct

from govgauge.office.look_settings import Confirm, Freshness, Repeats
from govgauge.office.monitoring.settings import Monitoring
from govgauge.office.policy import Policy, SharedSites
from govgauge.office.remedy_rules import Remedying

CONNECT_TO = r"^(\[[0-9A-Fa-f:.]+\]|[^:\s\[\]]*):\d{0,5}:(\[[0-9A-Fa-f:.]+\]|[^:\s\[\]]*):\d{0,5}$"
"""`HOST:PORT:HOST2:PORT2` as curl's; parts may be empty, addresses of version 6 stand in brackets."""


class SiteSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the sites of a round are visited; names as the options of `assess`. A `rate` of 0 is no limit.

    `visits`, `confirm` and `freshness` say how often, and what is looked at again (see `look_settings`).
    """

    max_pages: Annotated[int, Meta(ge=1, le=1_000_000)] = 1000
    max_seconds: Annotated[float, Meta(ge=1, le=7 * 86_400)] = 3600
    rate: Annotated[float, Meta(ge=0, le=1000)] = 2
    concurrency: Annotated[int, Meta(ge=1, le=64)] = 2
    obey_robots: bool = True
    connect_to: tuple[Annotated[str, Meta(pattern=CONNECT_TO)], ...] = ()
    ca_file: str = ""
    visits: Repeats = Repeats()
    confirm: Confirm | None = Confirm()
    freshness: Freshness | None = None
    reports: bool = False
    policy: Policy = Policy()
    shared_sites: SharedSites = SharedSites.REFUSE
    monitoring: Monitoring = Monitoring()
    remedies: Remedying = Remedying()
