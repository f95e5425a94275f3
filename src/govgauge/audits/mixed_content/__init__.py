"""mixed-content: an HTTPS page loads parts over HTTP."""
