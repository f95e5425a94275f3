"""The start page: what is to do now, by role; where the rounds stand."""
