"""How an errand is put on the wire: what for, how much of it, and in which manner."""

from govgauge.gather.artifacts import Purpose
from govgauge.gather.errand import SAMPLED, Way
from govgauge.gather.plan import Limits
from govgauge.gather.transport import Request


def request_for(way: Way, limits: Limits, *, abroad: bool) -> Request:
    """The request by which a way goes on from where it is; `abroad`: on a host that is not the site's."""
    errand = way.errand
    limit, sample_bytes = limits.page_bytes, 0
    if errand.purpose is Purpose.PART:
        limit = limits.part_bytes
    elif errand.purpose is Purpose.ROBOTS:
        limit = limits.page_bytes
    elif errand.purpose in SAMPLED or errand.purpose is Purpose.PROBE or abroad:
        limit = limits.head_bytes
    elif errand.purpose in {Purpose.PAGE, Purpose.HOME}:
        sample_bytes = limits.head_bytes
    return Request(
        url=way.url,
        limit=limit,
        head_only=way.with_head,
        ranged=way.ranged,
        sample_bytes=sample_bytes,
        lenient=way.lenient,
        plain=way.plain,
        referrer="" if errand.foreign else errand.referrer,
        token=way,
    )
