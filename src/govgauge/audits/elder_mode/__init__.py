"""elder-mode: the home page offers no elderly mode."""
