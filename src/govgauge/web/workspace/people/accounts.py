"""Addresses of signing in and of one's own account: allauth's, without those by which strangers sign up."""

from allauth.urls import build_provider_urlpatterns
from django.urls import include, path

from govgauge.web.workspace.people import own_sessions

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("outside/", include("allauth.socialaccount.urls")),
    path("", include(build_provider_urlpatterns())),
    path("sessions/<int:number>/end", own_sessions.end, name="session-end"),
    path("sessions/", include("allauth.usersessions.urls")),
]
