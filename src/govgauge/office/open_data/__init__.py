"""Open data of the office: which publications everybody may read, and the files of their tables."""
