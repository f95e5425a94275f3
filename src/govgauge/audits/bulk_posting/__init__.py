"""Columns filled in a burst before the visit."""
