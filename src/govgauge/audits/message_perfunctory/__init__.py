"""An answer that does not answer."""
