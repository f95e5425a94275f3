"""A home page without news."""
