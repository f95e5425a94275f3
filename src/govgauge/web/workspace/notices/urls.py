"""Addresses of messages."""

from django.urls import path

from govgauge.web.workspace.notices import inbox, outgoing

urlpatterns = [
    path("messages/", inbox.show, name="notices"),
    path("messages/read", inbox.read, name="notices-read"),
    path("messages/choices", inbox.choices, name="notice-choices"),
    path("messages/outgoing", outgoing.show, name="deliveries"),
    path("messages/<int:number>/", inbox.follow, name="notice"),
]
