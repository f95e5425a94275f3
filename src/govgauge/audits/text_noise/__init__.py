"""Garbled text, template residue, placeholders and leaked markup in visible text."""
