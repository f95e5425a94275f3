"""Django's settings for certificates: who issues them, how their numbers begin, and where they are checked."""

from govgauge.web.notice_settings import OFFICE_URL
from govgauge.web.page_settings import SCANNER_ORGANISATION, said
from govgauge.web.sign_in_settings import whole

CERTIFICATE_ISSUER = said("CERTIFICATE_ISSUER") or SCANNER_ORGANISATION or "政府网站与数字政府评估办公室"
CERTIFICATE_WORD = said("CERTIFICATE_WORD") or "政测证字"
CERTIFICATE_CHECK = said("CERTIFICATE_CHECK") or f"{OFFICE_URL}/certificates/"
"""The address that QR codes lead to. It is signed with each certificate: choose one that lasts."""
CERTIFICATE_CHECKS_PER_MINUTE = whole("CERTIFICATE_CHECKS_PER_MINUTE", 60)
"""Numbers looked up from one network in a minute: own number, far above a person with a pile of papers."""
CERTIFICATE_FILES_PER_MINUTE = whole("CERTIFICATE_FILES_PER_MINUTE", 20)
"""Files looked at for one network in a minute: own number; a file costs some hundredths of a second."""
