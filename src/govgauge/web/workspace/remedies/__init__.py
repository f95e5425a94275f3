"""Putting findings right: lists for office, bodies and supervisors, a page for each, self-checks, site files."""
