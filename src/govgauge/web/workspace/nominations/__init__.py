"""Nominating cases: by a body, its supervisor or an expert after signing in, by citizens on a public page."""
