"""Columns that exist twice."""
