"""From points lost to a value between 0 and 1."""


def by_points(lost: float, full: float, *, sound: float) -> float:
    """What is left of `full` points after losing `lost`, as a value 0…1.

    `sound` (0…1) is the share of the judged things that are in order. Where the points are used up, a tenth of it
    is left, so that 0 is said only of a site where everything is faulty.
    """
    return max(1 - lost / full, sound / 10) if sound else 0.0


def by_share(faulty: int, judged: int) -> float:
    """The share of `judged` things that are in order, 0…1."""
    return 1 - faulty / judged if judged else 1.0
