"""What the catalogue refers to and others keep, or our pages are: of which class it is, and what it is called.

A reader of the catalogue that does not follow addresses learns so what they are, as DCAT-AP asks of their classes.
"""

from collections.abc import Iterator

from govgauge.office.open_data.licence import licence
from govgauge.web.open_data.statements import Node, Ref, Text, Value

EU = "http://publications.europa.eu/resource/authority"
CONCEPT = "skos:Concept"
CLASSES = {
    "dct:language": "dct:LinguisticSystem",
    "dct:license": "dct:LicenseDocument",
    "dct:format": "dct:MediaTypeOrExtent",
    "dcat:mediaType": "dct:MediaType",
    "dct:accrualPeriodicity": "dct:Frequency",
    "dct:spatial": "dct:Location",
    "dct:accessRights": "dct:RightsStatement",
    "dct:conformsTo": "dct:Standard",
    "dcat:landingPage": "foaf:Document",
    "foaf:homepage": "foaf:Document",
    "dcat:theme": CONCEPT,
    "dcatap:availability": CONCEPT,
    "adms:status": CONCEPT,
    "spdx:algorithm": "spdx:ChecksumAlgorithm",
    "dcat:themeTaxonomy": "skos:ConceptScheme",
}
"""Of which class that is to which a statement leads."""
NAMES = {
    "language/ZHO": ("中文", "Chinese"),
    "frequency/ANNUAL": ("每年", "annual"),
    "country/CHN": ("中国", "China"),
    "access-right/PUBLIC": ("公开", "public"),
    "data-theme/GOVE": ("政府和公共部门", "Government and public sector"),
    "planned-availability/STABLE": ("长期提供", "stable"),
    "dataset-status/COMPLETED": ("已完成", "completed"),
    "dataset-status/DEPRECATED": ("已被取代", "deprecated"),
    "file-type/CSV": ("CSV", "CSV"),
    "file-type/JSON": ("JSON", "JSON"),
    "file-type/XLSX": ("XLSX", "XLSX"),
    "file-type/PARQUET": ("Parquet", "Parquet"),
}
"""Concepts of the lists of the European Union that the catalogue uses."""
THEMES = ("数据主题", "Data themes")


def named(nodes: list[Node]) -> list[Node]:
    """A node for each thing that the nodes refer to and do not tell of."""
    kinds = {address: CLASSES[name] for one in nodes for name, address in _refs(one) if name in CLASSES}
    told = {one.address for one in nodes}
    return [_node(kind, address) for address, kind in kinds.items() if address not in told]


def _refs(node: Node) -> Iterator[tuple[str, str]]:
    for name, values in node.said.items():
        for value in values:
            if isinstance(value, Ref):
                yield name, value.address
            elif isinstance(value, Node):
                yield from _refs(value)


def _node(kind: str, address: str) -> Node:
    code = address.removeprefix(f"{EU}/")
    if code in NAMES:
        also = () if kind == CONCEPT else (CONCEPT,)
        scheme: list[Value] = [Ref(address.rpartition("/")[0])]
        return Node(kind, {"skos:prefLabel": _texts(NAMES[code]), "skos:inScheme": scheme}, address, also)
    if kind == "skos:ConceptScheme":
        return Node(kind, {"dct:title": _texts(THEMES)}, address)
    if kind == "dct:LicenseDocument":
        return Node(kind, {"dct:title": _texts((licence().zh, licence().en))}, address)
    return Node(kind, {}, address)


def _texts(names: tuple[str, str]) -> list[Value]:
    return [Text(names[0], "zh"), Text(names[1], "en")]
