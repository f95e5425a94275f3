"""error-disclosure: a stack trace, a path or a database error is shown."""
