"""Figures as SVG that needs nothing beside it, readable in black and white."""
