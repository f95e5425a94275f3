"""Addresses of open data."""

from django.urls import path

from govgauge.web.api import reference
from govgauge.web.open_data import catalogue, files, pages

urlpatterns = [
    path("", pages.show, name="open-data"),
    path("dictionary/", pages.show_dictionary, name="open-data-dictionary"),
    path("api/", reference.show, name="open-data-api"),
    path("catalog.jsonld", catalogue.as_jsonld, name="open-data-jsonld"),
    path("catalog.ttl", catalogue.as_turtle, name="open-data-turtle"),
    path("catalog.rdf", catalogue.as_rdf_xml, name="open-data-rdf"),
    path("<str:slug>/<str:version_name>/", pages.show_version, name="open-data-version"),
    path("<str:slug>/<str:version_name>/documents/<int:number>", files.show_document, name="open-data-document"),
    path("<str:slug>/<str:version_name>/documents/<str:name>", files.show_report, name="open-data-report"),
    path("<str:slug>/<str:version_name>/<str:name>", files.show, name="open-data-file"),
]
