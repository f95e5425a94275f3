"""Special reports: templates over the same material, each looking at what its kind names as data."""
