"""An interpretation published too long after its policy."""
