"""Whether the home page shows its ICP record."""
