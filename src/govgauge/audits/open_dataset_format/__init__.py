"""A dataset without a machine-readable format."""
