"""Searching what the portal shows: an index in one file, made from what is public, and the page that asks it."""
