"""A report as a neutral document of blocks, and its writers: PDF, Word and HTML of the same document."""
