"""Pages of the office: rounds, their entries and jobs."""
