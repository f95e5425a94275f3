"""A small universe of government sites with planted, recorded defects."""
