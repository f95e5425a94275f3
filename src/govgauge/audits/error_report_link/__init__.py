"""Whether the home page offers the national error-report entrance."""
