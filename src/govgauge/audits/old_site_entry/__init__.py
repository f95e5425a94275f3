"""Entrances to old versions of the site."""
