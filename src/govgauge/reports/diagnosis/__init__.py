"""The diagnosis of a subject: where it stands, what cost it points, and what to do about it."""
