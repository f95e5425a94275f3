"""Errors that reach the user as one sentence: what was wrong, where, what to do."""


class GovgaugeError(Exception):
    """Its message is a Chinese sentence, English behind it in brackets. `status` is the exit status of the command."""

    status = 2


class Unusable(GovgaugeError):
    """Arguments or input that cannot be used: exit status 2."""


class Failed(GovgaugeError):
    """The work was done, but something asked for failed: exit status 1."""

    status = 1
