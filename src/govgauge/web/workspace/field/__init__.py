"""Field tests: one's own with their calendar, those of a round, scripts and planning."""
