"""The home page does not open."""
