"""Columns without content."""
