"""No way to request information, or no form for it."""
