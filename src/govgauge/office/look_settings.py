"""Settings of a round that say how often a site is looked at, and how much later again."""

from typing import Annotated

from msgspec import Meta, Struct

LONGEST_DAYS = 60
"""Days ahead for which a visit may be planned."""


class Repeats(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Full visits of each site, and the hours from the end of one to the next."""

    count: Annotated[int, Meta(ge=1, le=366)] = 1
    apart_hours: Annotated[float, Meta(ge=0, le=24 * LONGEST_DAYS)] = 24.0


class Confirm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When what cost points is looked at a second time: so many minutes after the visit, so many addresses at most."""

    apart_minutes: Annotated[float, Meta(ge=0, le=24 * 60 * LONGEST_DAYS)] = 60.0
    max_addresses: Annotated[int, Meta(ge=1)] = 500


class Freshness(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The daily look at the home page and the columns: so many pages at most."""

    max_pages: Annotated[int, Meta(ge=1)] = 60
