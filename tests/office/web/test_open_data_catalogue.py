"""The catalogue: the same statements in both forms, as DCAT-AP asks for them, and true of the files."""

import warnings
from pathlib import Path

import pytest
from django.test import Client, override_settings
from published import a_publication

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyshacl
    from rdflib import DCAT, RDF, Graph, Literal, Namespace, URIRef
    from rdflib.compare import isomorphic

from govgauge.office.domain import publications
from govgauge.office.domain.acting import PROGRAM
from govgauge.office.open_data import making
from govgauge.office.open_data.found import version

pytestmark = [
    pytest.mark.usefixtures("settings_home"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning"),
]
SPDX = Namespace("http://spdx.org/rdf/terms#")
SHAPES = Path(__file__).with_name("dcat_shapes.ttl")


def turtle(client: Client) -> Graph:
    return Graph().parse(data=client.get("/open-data/catalog.ttl").content, format="turtle")


def two_versions() -> None:
    first = a_publication({"甲县": "1"}, "a")
    publications.publish(PROGRAM, publications.prepare(PROGRAM, first.round))
    a_publication({"甲县": "0"}, "b")


def test_both_forms_say_the_same(anonymous: Client) -> None:
    two_versions()
    for ending, form, media_type in (
        ("jsonld", "json-ld", "application/ld+json"),
        ("rdf", "xml", "application/rdf+xml"),
    ):
        other = anonymous.get(f"/open-data/catalog.{ending}")
        assert other.headers["Content-Type"] == media_type
        assert isomorphic(turtle(anonymous), Graph().parse(data=other.content, format=form))


@pytest.mark.parametrize("contact", ["", "data@example.test", "https://example.test/contact"])
def test_it_is_as_dcat_ap_asks(anonymous: Client, contact: str) -> None:
    two_versions()
    anonymous.get("/open-data/a/2/results.csv").close()
    with override_settings(OPEN_DATA_CONTACT=contact):
        graph = turtle(anonymous)
    fits, _graph, told = pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES, format="turtle"))
    assert fits, told
    assert len(set(graph.subjects(RDF.type, DCAT.Dataset))) == 3 * 6 + 6  # a series is one as well
    assert len(set(graph.subjects(RDF.type, DCAT.Distribution))) == 3 * 6 * 4
    assert len(set(graph.subject_objects(URIRef(f"{DCAT}previousVersion")))) == 6


def test_shapes_find_what_is_missing(anonymous: Client) -> None:
    two_versions()
    graph = turtle(anonymous)
    graph.remove((None, DCAT.accessURL, None))
    assert not pyshacl.validate(graph, shacl_graph=Graph().parse(SHAPES, format="turtle"))[0]


def test_sizes_and_checksums_are_those_of_the_files(anonymous: Client) -> None:
    two_versions()
    one = version("a", "2")
    made = {name: making.make(one, name, making._table(one, name)).facts for name in making.file_names(one)}
    graph = turtle(anonymous)
    for name, facts in made.items():
        if name == "about.json":
            continue
        file = URIRef(f"http://testserver/open-data/a/2/{name}")
        assert graph.value(file, DCAT.byteSize) == Literal(str(facts.size), datatype=XSD_SIZE)
        (value,) = graph.objects(graph.value(file, SPDX.checksum), SPDX.checksumValue)
        assert str(value).lower() == facts.sha256, name


XSD_SIZE = URIRef("http://www.w3.org/2001/XMLSchema#nonNegativeInteger")


def test_every_address_of_ours_in_it_answers(anonymous: Client) -> None:
    two_versions()
    graph = turtle(anonymous)
    places = {str(one).partition("#")[0] for one in {*graph.objects(), *graph.subjects()} if isinstance(one, URIRef)}
    ours = sorted(place.removeprefix("http://testserver") for place in places if place.startswith("http://testserver"))
    for place in ours:
        answer = anonymous.get(place)
        assert answer.status_code == 200, place
        answer.close()
    assert len(ours) > 70


def test_an_office_that_has_published_nothing_has_a_catalogue(anonymous: Client) -> None:
    assert len(turtle(anonymous)) > 5
    assert anonymous.get("/open-data/").status_code == 200
