"""The catalogue as JSON-LD, Turtle and RDF/XML: the same statements."""

import hashlib

from django.http import HttpRequest, HttpResponseBase

from govgauge.web.open_data.gate import open_to_all
from govgauge.web.open_data.graph import nodes
from govgauge.web.open_data.listed import everything
from govgauge.web.open_data.sending import small
from govgauge.web.open_data.statements import jsonld, rdf_xml, turtle


@open_to_all
def as_jsonld(request: HttpRequest) -> HttpResponseBase:
    """JSON-LD."""
    return _small(request, jsonld(nodes(request, everything())), "application/ld+json")


@open_to_all
def as_turtle(request: HttpRequest) -> HttpResponseBase:
    """Turtle."""
    return _small(request, turtle(nodes(request, everything())), "text/turtle; charset=utf-8")


@open_to_all
def as_rdf_xml(request: HttpRequest) -> HttpResponseBase:
    """RDF/XML."""
    return _small(request, rdf_xml(nodes(request, everything())), "application/rdf+xml")


def _small(request: HttpRequest, body: str, media_type: str) -> HttpResponseBase:
    return small(request, body.encode(), media_type, hashlib.sha256(body.encode()).hexdigest()[:32])
