"""Django's settings for what goes out: the address of the workspace in mails, and the office's messenger."""

from govgauge.web.page_settings import HTTPS, TRUE, listed, said

_HOST = next((host.lstrip(".") for host in listed("HOSTS") if host != "*"), "")
OFFICE_URL = said("URL").rstrip("/") or (
    f"{'https' if HTTPS else 'http'}://{_HOST}" if _HOST else "http://127.0.0.1:8800"
)
"""Where people find the workspace: GOVGAUGE_URL, else the first of GOVGAUGE_HOSTS."""
WEBHOOK_URL = said("WEBHOOK_URL")
WEBHOOK_KIND = said("WEBHOOK_KIND").lower()
"""wecom, dingtalk, feishu or plain; empty: told by the host of the address."""
WEBHOOK_TEMPLATE = said("WEBHOOK_TEMPLATE")
"""JSON in which {text} stands for the message; goes before the kind."""
WEBHOOK_LOOPBACK = said("WEBHOOK_LOOPBACK").lower() in TRUE
"""Whether the messenger may be on this machine."""
