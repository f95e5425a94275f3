"""accessibility-entry: the home page offers no barrier-free reading tool."""
