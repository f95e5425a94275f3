"""search-engine-presence: columns are closed to search engines."""
