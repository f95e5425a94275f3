"""The public vote in the browser."""
