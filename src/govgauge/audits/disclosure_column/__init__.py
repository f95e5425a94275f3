"""A column that must be there is missing."""
