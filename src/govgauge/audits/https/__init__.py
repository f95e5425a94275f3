"""https: no HTTPS, an invalid certificate, or HTTP that does not lead to HTTPS."""
