"""The history of the office's tables."""
