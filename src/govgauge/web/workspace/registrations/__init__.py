"""Registering for a round: the body's form and status, the office's list and decision."""
