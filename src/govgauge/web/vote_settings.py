"""Django's settings for the public vote: limits for codes, and how codes reach telephones."""

from govgauge.web.page_settings import TRUE, said
from govgauge.web.sign_in_settings import whole

VOTE_CODE_MINUTES = whole("VOTE_CODE_MINUTES", 10)
"""A code is good for so long."""
VOTE_CODES_PER_IDENTITY = whole("VOTE_CODES_PER_IDENTITY", 5)
"""Codes to one address or number in a day."""
VOTE_CODES_PER_NETWORK = whole("VOTE_CODES_PER_NETWORK", 300)
"""Codes to one network (/24, of version 6 /48) in an hour: own number, above what a large office needs at a time."""
VOTE_CODES_PER_MINUTE = whole("VOTE_CODES_PER_MINUTE", 6000)
"""Codes of one call in a minute: own number; what the mail server or the text messages can carry."""

VOTE_PHONE_SENDER = said("VOTE_PHONE_SENDER") or "govgauge.office.code_senders.phone_sender"
"""A function, by its dotted name, that gives the sender (`code_senders.Sender`) for telephones."""
SMS_URL = said("SMS_URL")
"""Where set, codes for telephones go there by POST; else they are written into a file of the office."""
SMS_BODY = said("SMS_BODY") or '{"phone": "{phone}", "text": "{text}"}'
"""What is posted: {phone}, {code} and {text} stand for themselves. JSON when it begins with a brace, else a form."""
SMS_HEADERS = said("SMS_HEADERS")
"""Headers beside it, as JSON: {"Authorization": "Bearer …"}."""
SMS_LOOPBACK = said("SMS_LOOPBACK").lower() in TRUE
"""Whether the address may be on this machine."""
