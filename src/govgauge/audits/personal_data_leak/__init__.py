"""Identity numbers, mobile numbers and bank cards of private persons, shown without a mask."""
