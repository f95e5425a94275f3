"""Whether the site is named after its body."""
