"""A policy past its validity that is not marked."""
