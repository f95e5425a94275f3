"""Whether the site publishes a privacy statement."""
