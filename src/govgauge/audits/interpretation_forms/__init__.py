"""Interpretations in text only."""
