"""A policy page without its elements."""
