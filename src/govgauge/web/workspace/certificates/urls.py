"""Addresses of certificates in the workspace."""

from django.urls import path

from govgauge.web.workspace.certificates import files, issuing, listing, one, own

ROUND = "rounds/<slug:slug>/certificates"
urlpatterns = [
    path(f"{ROUND}/", listing.show, name="certificates"),
    path(f"{ROUND}/files.zip", files.archive, name="certificate-files"),
    path(f"{ROUND}/issue", issuing.show, name="certificate-issue"),
    path(f"{ROUND}/issue/do", issuing.issue, name="certificate-issue-do"),
    path(f"{ROUND}/<int:number>/", one.show, name="certificate"),
    path(f"{ROUND}/<int:number>/revoke", one.revoke, name="certificate-revoke"),
    path(f"{ROUND}/<int:number>/reissue", one.reissue, name="certificate-reissue"),
    path("my-certificates/", own.show, name="my-certificates"),
    path("my-certificates/<str:code>.pdf", files.one, name="certificate-file"),
]
