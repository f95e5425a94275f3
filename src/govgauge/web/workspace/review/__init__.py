"""Reviewing, adjudicating, accepted answers, objections, and the board of a round."""
