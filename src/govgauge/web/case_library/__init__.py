"""The public pages of the case library: a list with search and filters, and a page for each case."""
