"""No statistics of messages."""
