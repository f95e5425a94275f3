"""People: how they sign in, are invited, what they may do, and what they changed."""
