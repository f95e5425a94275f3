"""Whether the site lives under a government domain."""
