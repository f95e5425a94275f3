"""Columns that nobody feeds any more."""
