"""Pages to which no way leads."""
