"""A service guide that lacks one of the eight element classes."""
