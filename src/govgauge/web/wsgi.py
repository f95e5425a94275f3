"""The pages as a WSGI application, for `govgauge serve` or any other server of such."""

from django.core.handlers.wsgi import WSGIHandler

from govgauge.office.start import start


def _made() -> WSGIHandler:
    home = start()
    from govgauge.web import secret_key, static_files  # noqa: PLC0415 - these need Django to be set up

    secret_key.make(home)
    static_files.know()
    return WSGIHandler()


application = _made()
