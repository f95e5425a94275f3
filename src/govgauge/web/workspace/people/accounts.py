"""Addresses of signing in and of one's own account: allauth's, without those by which strangers sign up."""

from allauth.account.urls import urlpatterns as account_pages
from allauth.mfa.urls import urlpatterns as mfa_pages
from allauth.urls import build_provider_urlpatterns
from django.urls import include, path

from govgauge.web.workspace.people import outside, own_sessions
from govgauge.web.workspace.people.account_trail import together

urlpatterns = [
    path("", include(together(account_pages))),
    path("2fa/", include(together(mfa_pages))),
    path("outside/", include("allauth.socialaccount.urls")),
    path("", include(outside.urlpatterns)),
    path("", include(build_provider_urlpatterns())),
    path("sessions/<int:number>/end", own_sessions.end, name="session-end"),
    path("sessions/", include("allauth.usersessions.urls")),
]
