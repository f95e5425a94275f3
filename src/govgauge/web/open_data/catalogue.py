"""The catalogue as JSON-LD, Turtle and RDF/XML: the same statements."""

from django.http import HttpRequest, HttpResponseBase

from govgauge.web.open_data.gate import open_to_all
from govgauge.web.open_data.graph import nodes
from govgauge.web.open_data.listed import everything
from govgauge.web.open_data.sending import small
from govgauge.web.open_data.statements import jsonld, rdf_xml, turtle


@open_to_all
def as_jsonld(request: HttpRequest) -> HttpResponseBase:
    """JSON-LD."""
    return small(request, jsonld(nodes(request, everything())).encode(), "application/ld+json")


@open_to_all
def as_turtle(request: HttpRequest) -> HttpResponseBase:
    """Turtle."""
    return small(request, turtle(nodes(request, everything())).encode(), "text/turtle; charset=utf-8")


@open_to_all
def as_rdf_xml(request: HttpRequest) -> HttpResponseBase:
    """RDF/XML."""
    return small(request, rdf_xml(nodes(request, everything())).encode(), "application/rdf+xml")
