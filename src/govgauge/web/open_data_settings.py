"""Django's settings for open data: how much an address may ask for, and under which terms data are given."""

from govgauge.web.page_settings import said
from govgauge.web.sign_in_settings import whole

OPEN_DATA_PER_MINUTE = whole("OPEN_DATA_PER_MINUTE", 600)
"""Requests of one address in a minute: own number, above what somebody needs who reads page after page."""
OPEN_DATA_LICENCE = said("OPEN_DATA_LICENCE") or "CC-BY-4.0"
"""`CC-BY-4.0`, `CC0-1.0`, `ODC-By-1.0`, or the address of terms of the office's own."""
OPEN_DATA_WAIT_SECONDS = whole("OPEN_DATA_WAIT_SECONDS", 10)
"""So long a request waits for a file that is just being made, then it is told to come again."""
OPEN_DATA_CONTACT = said("OPEN_DATA_CONTACT")
"""Where users of the data may write: an address of mail or of a page."""
