"""Files that people handed in, given out to who may see them."""
