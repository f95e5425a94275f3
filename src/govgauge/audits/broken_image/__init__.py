"""Pictures that do not appear."""
