"""The catalogue as JSON-LD and as Turtle: the same statements."""

import hashlib
import json

from django.http import HttpRequest, HttpResponseBase

from govgauge.web.open_data.gate import open_to_all
from govgauge.web.open_data.graph import PREFIXES, Node, Ref, Text, Typed, Value, nodes
from govgauge.web.open_data.listed import everything
from govgauge.web.open_data.sending import small

UNSAFE = '<>"{}|^`\\'
"""Signs that no address holds; and none below the blank."""


@open_to_all
def as_jsonld(request: HttpRequest) -> HttpResponseBase:
    """JSON-LD."""
    made = nodes(request, everything())
    body = json.dumps({"@context": PREFIXES, "@graph": [_object(one) for one in made]}, ensure_ascii=False, indent=1)
    return _small(request, body, "application/ld+json")


@open_to_all
def as_turtle(request: HttpRequest) -> HttpResponseBase:
    """Turtle."""
    heads = [f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items()]
    made = nodes(request, everything())
    body = "".join([*heads, *(f"\n{_ref(one.address)} {_said(one)} .\n" for one in made)])
    return _small(request, body, "text/turtle; charset=utf-8")


def _small(request: HttpRequest, body: str, media_type: str) -> HttpResponseBase:
    return small(request, body.encode(), media_type, hashlib.sha256(body.encode()).hexdigest()[:32])


def _object(node: Node) -> dict[str, object]:
    found: dict[str, object] = {"@id": node.address} if node.address else {}
    found["@type"] = node.kind
    return found | {name: [_value(one) for one in values] for name, values in node.said.items() if values}


def _value(value: Value) -> object:
    match value:
        case Text():
            return {"@value": value.value, "@language": value.language}
        case Typed():
            return {"@value": value.value, "@type": value.kind}
        case Ref():
            return {"@id": value.address}
        case Node():
            return _object(value)


def _said(node: Node) -> str:
    lines = [f"a {node.kind}"]
    lines += [f"{name} {', '.join(map(_term, values))}" for name, values in node.said.items() if values]
    return " ;\n  ".join(lines)


def _term(value: Value) -> str:
    match value:
        case Text():
            return f"{_quoted(value.value)}@{value.language}"
        case Typed():
            return f"{_quoted(value.value)}^^{value.kind}"
        case Ref():
            return _ref(value.address)
        case Node():
            return f"[ {_said(value)} ]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _ref(address: str) -> str:
    safe = "".join(f"%{ord(sign):02X}" if sign in UNSAFE or sign <= " " else sign for sign in address)
    return f"<{safe}>"
