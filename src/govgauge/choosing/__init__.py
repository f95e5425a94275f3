"""Choosing innovation cases: rubric, judges, conflicts, assignment, ballots, result, receipts. Pure arithmetic."""
