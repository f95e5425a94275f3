"""No catalogue of the items to disclose, or one without its elements."""
