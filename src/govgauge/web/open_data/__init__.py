"""Open data for everybody: files at lasting addresses, the catalogue of them, and pages that tell of both."""
