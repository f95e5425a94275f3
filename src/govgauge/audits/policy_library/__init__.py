"""No library of policies, or one that is not classified or not current."""
