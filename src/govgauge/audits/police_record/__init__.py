"""Whether the home page shows its police record."""
