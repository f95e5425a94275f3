"""Django's settings for pages: languages, templates, static files, security. All from GOVGAUGE_* in the environment."""

import os
from pathlib import Path

HERE = Path(__file__).parent
TRUE = {"1", "true", "yes", "on"}


def said(name: str) -> str:
    """A setting of the environment, without white space around it."""
    return os.environ.get(f"GOVGAUGE_{name}", "").strip()


def listed(name: str) -> list[str]:
    """A setting that lists several things, separated by commas."""
    return [one.strip() for one in said(name).split(",") if one.strip()]


DEBUG = said("DEBUG").lower() in TRUE
HTTPS = said("HTTPS").lower() in TRUE
"""Pages are reached by HTTPS, through a proxy that says so in X-Forwarded-Proto."""
ALLOWED_HOSTS = listed("HOSTS") or ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in listed("HOSTS") if host != "*"] if HTTPS else []

ROOT_URLCONF = "govgauge.web.urls"
WSGI_APPLICATION = "govgauge.web.wsgi.application"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "govgauge.web.headers.StrictHeaders",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "govgauge.web.display.ChosenDisplay",
    "govgauge.web.body_limit.BodyLimit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "govgauge.web.clean_texts.WithoutNul",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "govgauge.web.session_ends.SessionsEnd",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "govgauge.web.away.AwayFromForms",
    "allauth.account.middleware.AccountMiddleware",
    "govgauge.web.access.SignedIn",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "govgauge.web.display.for_templates",
                "govgauge.web.access.for_templates",
                "govgauge.web.role_choice.for_templates",
                "govgauge.web.portal.site_marks.for_templates",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "govgauge.web.templatetags.shown"],
        },
    }
]

FORM_RENDERER = "govgauge.web.form_look.FormLook"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
"""Texts are written in Chinese where they are used; the catalogue holds their English."""
USE_TZ = True
TIME_ZONE = said("TIME_ZONE") or "Asia/Shanghai"

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "govgauge.web.faults.not_ours"
X_FRAME_OPTIONS = "DENY"
MOST_BODY_BYTES = 24 * 1024 * 1024
"""A request may carry so much: a file of 20 MB and what else a form holds."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SCANNER_ADDRESSES = listed("SCANNER_ADDRESSES")
SCANNER_CONTACT = said("SCANNER_CONTACT")
SCANNER_ORGANISATION = said("SCANNER_ORGANISATION")
SCANNER_URL = said("SCANNER_URL")
"""Who visits the sites, from which addresses: told on the scanner's identity page."""
SITE_NAME = said("SITE_NAME")
SITE_HOST = said("SITE_HOST")
SITE_CONTACT = said("SITE_CONTACT")
SITE_CODE = said("SITE_CODE")
SITE_ICP = said("SITE_ICP")
SITE_POLICE = said("SITE_POLICE")
"""What the portal tells of itself in its foot; what is empty is not shown to the public."""
METRICS_TOKEN = said("METRICS_TOKEN")
"""Where set, /metrics answers only who brings it as a bearer token."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security.DisallowedHost": {"handlers": [], "propagate": False},
    },
}
"""Faults of ours go to stderr with their traceback; what strangers ask for in vain does not."""
