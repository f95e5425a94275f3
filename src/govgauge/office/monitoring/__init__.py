"""Watching whether the home pages of a round open, all day at even distances."""
