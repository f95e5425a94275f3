"""Links to pages that are not there."""
