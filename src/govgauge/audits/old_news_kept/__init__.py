"""News that nobody has cleared away."""
