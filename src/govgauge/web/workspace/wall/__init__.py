"""The board on the wall of a command centre, and the links that open it without signing in."""
