"""Whether the home page carries the mark of a party or government organ."""
