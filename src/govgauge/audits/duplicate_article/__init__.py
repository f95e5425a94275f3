"""The same article twice in one column."""
