"""How fast a site is assessed, beside wget on the same server."""
