"""Too few consultations in the year."""
