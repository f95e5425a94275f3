"""Whether pages carry commercial advertisements."""
