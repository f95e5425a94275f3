"""The general report of a round: one document from a publication's folder."""
