"""Publishing dates that cannot be right."""
