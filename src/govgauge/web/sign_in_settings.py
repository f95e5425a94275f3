"""Django's settings for people: sign-in, second factors, sessions, outside identity providers, limits, mail."""

from django.core.exceptions import ImproperlyConfigured

from govgauge.web.page_settings import HTTPS, TRUE, listed, said

SIGN_IN_APPS = [
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]


def whole(name: str, default: int) -> int:
    """A setting that is a whole number above nought; anything else counts as not said."""
    given = said(name)
    return int(given) if given.isdecimal() and int(given) else default


AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
_CHECKS = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "govgauge.web.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_CHECKS}.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": f"{_CHECKS}.CommonPasswordValidator"},
    {"NAME": f"{_CHECKS}.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

SESSION_IDLE_SECONDS = 60 * whole("IDLE_MINUTES", 30)
"""A session in which nobody does anything ends after this."""
SESSION_COOKIE_AGE = 3600 * whole("SESSION_HOURS", 12)
"""Every session ends after this, whatever is done in it."""
MFA_ROLES = frozenset(listed("MFA_ROLES") or ["administrator", "adjudicator"]) - {"none"}
"""Who has one of these roles works only with a second factor; `none` asks it of nobody."""

ACCOUNT_ADAPTER = "govgauge.web.workspace.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
"""An invitation goes to an address, so who follows its link has that address."""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
"""Whoever signs out at a shared machine leaves it to the next one."""
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[政测] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = whole("PROXIES", 0)
"""How many proxies of ours stand before the pages: limits are kept by the address of who asks the first."""
ALLAUTH_TRUSTED_CLIENT_IP_HEADER = said("ADDRESS_HEADER").strip() or None
"""A header in which a proxy tells the address instead. Without a dash or underscore in its name nobody can slip in
another one: servers take `X_Forwarded_For` for `X-Forwarded-For`."""
if ALLAUTH_TRUSTED_CLIENT_IP_HEADER and not ALLAUTH_TRUSTED_CLIENT_IP_HEADER.isalnum():
    raise ImproperlyConfigured(
        "GOVGAUGE_ADDRESS_HEADER 只能由字母和数字组成，例如 Clientaddress (letters and digits only)."
    )

MFA_ADAPTER = "govgauge.web.workspace.people.second_factors.SecondFactors"
MFA_FORMS = {
    "authenticate": "govgauge.web.workspace.people.code_forms.CodeOnce",
    "reauthenticate": "govgauge.web.workspace.people.code_forms.CodeAgainOnce",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "政测"
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_ALLOW_UNVERIFIED_EMAIL = True

SOCIALACCOUNT_ADAPTER = "govgauge.web.workspace.people.adapters.OutsideAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
OIDC_NAME = said("OIDC_NAME") or "单位统一身份认证"
OIDC_SERVER, OIDC_CLIENT = said("OIDC_SERVER"), said("OIDC_CLIENT")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": said("OIDC_SECRET"),
                "settings": {"server_url": OIDC_SERVER},
            }
        ]
        if OIDC_SERVER and OIDC_CLIENT
        else [],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "office_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    }
}
"""In the database, so that limits count for all processes together; so large that nobody washes the limits out of it
by asking for many other things."""
INVITATION_DAYS = whole("INVITATION_DAYS", 14)

SMTP_HOST = said("SMTP_HOST")
DEFAULT_FROM_EMAIL = said("SMTP_FROM") or "govgauge@localhost"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend" if SMTP_HOST else "govgauge.web.mail_files.MailFiles"
EMAIL_HOST = SMTP_HOST or "localhost"
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = said("SMTP_USER"), said("SMTP_PASSWORD")
EMAIL_USE_SSL = said("SMTP_SSL").lower() in TRUE
EMAIL_USE_TLS = not EMAIL_USE_SSL and said("SMTP_STARTTLS").lower() in TRUE
EMAIL_PORT = whole("SMTP_PORT", 465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
EMAIL_TIMEOUT = 20
