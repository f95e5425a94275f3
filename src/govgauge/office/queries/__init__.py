"""What is asked of the records, in a constant number of queries."""
