"""Last year's disclosure report is missing."""
