"""A policy and its interpretation do not link to each other."""
