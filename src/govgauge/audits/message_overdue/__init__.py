"""A public message unanswered past the limit, or answered after it."""
