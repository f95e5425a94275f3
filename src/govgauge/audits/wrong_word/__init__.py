"""Wrong words and wrong official expressions in visible text."""
