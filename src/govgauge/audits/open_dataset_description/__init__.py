"""A dataset whose fields are not described."""
