"""Verbs: plain functions, one transaction each."""
