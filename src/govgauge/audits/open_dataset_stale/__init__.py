"""A dataset that is not updated as often as stated."""
