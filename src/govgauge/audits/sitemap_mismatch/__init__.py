"""Site maps that do not show the site."""
