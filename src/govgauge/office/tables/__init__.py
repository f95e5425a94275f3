"""The tables of a round: the same bytes from the same judgements, whoever writes them, with a hash."""
