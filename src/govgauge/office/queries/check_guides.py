"""What the office says of checks in a round."""

from govgauge.office.check_work import Guides, works
from govgauge.office.models import Round


def guides_of(round_: Round) -> Guides:
    """Every guide of a round, by system and check."""
    return {(guide.system, guide.check_id): guide for guide in round_.check_guides.all()}


def systems_of(round_: Round) -> list[tuple[str, str]]:
    """The systems and profiles by which the entries of a round are scored."""
    found = round_.entries.order_by("system", "profile").values_list("system", "profile").distinct()
    return [(system, profile) for system, profile in found if works(system, profile)]
