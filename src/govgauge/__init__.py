"""govgauge (政测): assessment of government websites, from the indicator system to the published result."""

__version__ = "0.1.0"
