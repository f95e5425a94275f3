"""Two places of one body that state different facts for the same item."""
