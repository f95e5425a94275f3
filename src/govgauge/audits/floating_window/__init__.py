"""Whether floating windows cover the page and cannot be closed."""
