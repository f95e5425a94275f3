"""The CMS styles of the simulated sites: how content becomes addresses and pages."""
