"""Addresses of the check; they stand in QR codes and on paper, so they stay."""

from django.urls import path

from govgauge.web.certificates import check

urlpatterns = [
    path("", check.show, name="certificate-check"),
    path("<str:number>/", check.one, name="certificate-of-number"),
]
