"""The pages as a WSGI application, for `govgauge serve` or any other server of such."""

from typing import TYPE_CHECKING

from django.core.handlers.wsgi import WSGIHandler

from govgauge.office.start import start

if TYPE_CHECKING:
    from govgauge.web.front import Front


def _made() -> "Front":
    home = start()
    from govgauge.office import vote_key  # noqa: PLC0415 - these need Django to be set up
    from govgauge.web import secret_key, static_files  # noqa: PLC0415
    from govgauge.web.front import Front  # noqa: PLC0415

    secret_key.make(home)
    vote_key.make(home)
    static_files.know()
    return Front(WSGIHandler())


application = _made()
