"""Indicator systems and rule sets: model, loader, their own arithmetic, and the data in library/."""
