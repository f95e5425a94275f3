"""The assessment office's records and verbs: rounds, subjects, jobs, results."""
