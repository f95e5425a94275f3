"""Addresses of files that people handed in."""

from django.urls import path

from govgauge.web.workspace.uploads import upload

urlpatterns = [path("uploads/<int:number>", upload.show, name="upload")]
