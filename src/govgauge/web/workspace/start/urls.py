"""Addresses of the start page."""

from django.urls import path

from govgauge.web.workspace.start import page

urlpatterns = [
    path("", page.show, name="start"),
    path("role", page.choose_role, name="choose-role"),
]
