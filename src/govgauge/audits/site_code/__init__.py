"""Whether the home page shows a well-formed site code."""
