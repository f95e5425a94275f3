"""Whether the home page says who runs the site and how to reach them."""
