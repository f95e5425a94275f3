"""vulnerable-library: a JavaScript library of known weakness is used."""
