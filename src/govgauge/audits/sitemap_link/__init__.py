"""Whether the site offers a site map."""
