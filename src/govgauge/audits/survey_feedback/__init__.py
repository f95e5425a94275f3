"""A closed consultation without a published result."""
