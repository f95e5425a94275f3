"""Visiting a site once and keeping what it answered."""
