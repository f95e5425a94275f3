"""The portal: pages for everybody about what was published."""
