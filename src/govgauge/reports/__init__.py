"""Data in, files out: what people read."""
