"""Settings for all tests."""

from hypothesis import HealthCheck, settings

settings.register_profile("govgauge", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("govgauge")  # a busy machine is no fault of the program
