"""From leaf values to what a general report states: groups, comparisons, claims, stability."""
