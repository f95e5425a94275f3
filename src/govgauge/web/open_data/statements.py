"""Statements of a catalogue (RDF) as nested nodes, and three ways to write them: JSON-LD, Turtle, RDF/XML.

All three say the same. `xsd:date` and the like are short for addresses by PREFIXES.
"""

import json
import re
from typing import TypeAlias
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
}
UNSAFE = '<>"{}|^`\\'
"""Signs that no address holds; and none below the blank."""
UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML can hold."""


class Text(Struct, frozen=True):
    """A text in a tongue."""

    value: str
    language: str


class Typed(Struct, frozen=True):
    """A value of a type, as `xsd:date`."""

    value: str
    kind: str


class Ref(Struct, frozen=True):
    """Something by its address."""

    address: str


class Node(Struct, frozen=True):
    """Something with what is said of it; without an address it is known only where it stands. `also`: more kinds."""

    kind: str
    said: "dict[str, list[Value]]"
    address: str = ""
    also: tuple[str, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind, *self.also)


Value: TypeAlias = Text | Typed | Ref | Node


def jsonld(nodes: list[Node]) -> str:
    """As JSON-LD."""
    told = {"@context": PREFIXES, "@graph": [_object(one) for one in nodes]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def turtle(nodes: list[Node]) -> str:
    """As Turtle."""
    heads = [f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()]
    return "".join([*heads, *(f"\n<{_safe(one.address)}> {_said(one)} .\n" for one in nodes)])


def rdf_xml(nodes: list[Node]) -> str:
    """As RDF/XML."""
    spaces = "".join(f" xmlns:{name}={quoteattr(address)}" for name, address in {"rdf": RDF, **PREFIXES}.items())
    inner = "".join(_element(one) for one in nodes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{spaces}>\n{inner}</rdf:RDF>\n'


def _object(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"@id": _safe(node.address)} if node.address else {}
    found["@type"] = list(node.kinds) if node.also else node.kind
    return found | {name: [_value(one) for one in values] for name, values in node.said.items() if values}


def _value(value: Value) -> object:
    match value:
        case Text():
            return {"@value": value.value, "@language": value.language}
        case Typed():
            return {"@value": value.value, "@type": value.kind}
        case Ref():
            return {"@id": _safe(value.address)}
        case Node():
            return _object(value)


def _said(node: Node) -> str:
    lines = [f"a {', '.join(node.kinds)}"]
    lines += [f"{name} {', '.join(map(_term, values))}" for name, values in node.said.items() if values]
    return " ;\n  ".join(lines)


def _term(value: Value) -> str:
    match value:
        case Text():
            return f"{_quoted(value.value)}@{value.language}"
        case Typed():
            return f"{_quoted(value.value)}^^{value.kind}"
        case Ref():
            return f"<{_safe(value.address)}>"
        case Node():
            return f"[ {_said(value)} ]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _element(node: Node) -> str:
    about = f" rdf:about={quoteattr(_safe(node.address))}" if node.address else ""
    kinds = "".join(f"<rdf:type rdf:resource={quoteattr(_long(kind))}/>" for kind in node.kinds)
    said = "".join(_property(name, value) for name, values in node.said.items() for value in values)
    return f"<rdf:Description{about}>{kinds}{said}</rdf:Description>\n"


def _property(name: str, value: Value) -> str:
    match value:
        case Text():
            return f'<{name} xml:lang="{value.language}">{_xml(value.value)}</{name}>'
        case Typed():
            return f"<{name} rdf:datatype={quoteattr(_long(value.kind))}>{_xml(value.value)}</{name}>"
        case Ref():
            return f"<{name} rdf:resource={quoteattr(_safe(value.address))}/>"
        case Node():
            return f"<{name}>{_element(value)}</{name}>"


def _xml(text: str) -> str:
    return escape(UNFIT.sub("□", text), {"\r": "&#13;"})


def _long(short: str) -> str:
    prefix, _colon, name = short.partition(":")
    return PREFIXES[prefix] + name


def _safe(address: str) -> str:
    return "".join(f"%{ord(sign):02X}" if sign in UNSAFE or sign <= " " else sign for sign in address)
