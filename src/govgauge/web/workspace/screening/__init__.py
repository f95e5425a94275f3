"""The office's pages of cases: the list, one case, scores, twins, decisions, and the rules of the call."""
