"""The tables of a publication as open data: what each column means, and the same rows in every format."""
