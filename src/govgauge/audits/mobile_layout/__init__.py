"""mobile-layout: a page does not fit a phone screen."""
