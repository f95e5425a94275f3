"""security-headers: recommended response headers are missing or wrong on the home page."""
