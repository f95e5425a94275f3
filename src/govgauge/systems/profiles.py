"""Choosing the weight column of a system."""

from govgauge.errors import Unusable
from govgauge.systems.model import Status, System


def profile_of(system: System, profile: str) -> str:
    """The profile asked for, or the only one there is. Raises Unusable naming those there are."""
    if system.status is Status.OUTLINE:
        raise Unusable(
            f"指标体系 {system.id} 只有名称和数目，没有权重，不能计分 (an outline has no weights to score with)."
        )
    known = system.profile_ids()
    if profile and profile not in known:
        raise Unusable(f"指标体系 {system.id} 没有权重档“{profile}”；可选：{'、'.join(known)} (unknown profile).")
    if not profile and len(known) > 1:
        raise Unusable(f"请用 --profile 选择权重档：{'、'.join(known)} (choose a profile).")
    return profile or known[0]
