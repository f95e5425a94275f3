"""Whether home pages open: many probed at once, each answer named by one word."""
