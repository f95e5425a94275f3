"""One site from its address to its files: gather, read, judge, score, write."""
