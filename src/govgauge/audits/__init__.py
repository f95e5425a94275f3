"""One folder per audit: what it judges, its words, its labelled samples."""
