"""Old articles under new dates."""
