"""The forms of a page, as a browser would send them: with every text filled in by one text."""

from html.parser import HTMLParser

from django.core.files.uploadedfile import SimpleUploadedFile
from msgspec import Struct, field

TEXTS = {"", "text", "search", "email", "url", "tel"}
BUTTONS = {"submit", "button", "image", "reset"}


class Form(Struct):
    """A form that is posted: where to, and what is in it by name; `files` are fields for files.

    `addresses` are those of the texts in which only an address of the web is right.
    """

    address: str
    fields: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def filled(self, text: str, file: bytes = b"") -> dict[str, object]:
        """Its fields, with a text in all that take one and a disguised program for a file."""
        told: dict[str, object] = {**self.fields, **dict.fromkeys(self.texts, text)}
        return told | {name: SimpleUploadedFile("letter.pdf", file) for name in self.files if file}


class _Reader(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__()
        self.here, self.forms, self._open, self._select = here, [], None, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(told.get("action") or self.here) if told.get("method", "").lower() == "post" else None
        elif self._open is not None and told.get("name"):
            self._field(self._open, tag, told)
        elif self._open is not None and tag == "option" and self._select and told.get("value"):
            self._open.fields.setdefault(self._select, told["value"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "form" and self._open is not None:
            self.forms.append(self._open)
            self._open = None

    def _field(self, form: Form, tag: str, told: dict[str, str]) -> None:
        name, kind = told["name"], told.get("type", "").lower()
        if tag == "textarea" or (tag == "input" and kind in TEXTS):
            form.texts.append(name)
            form.addresses += [name] if kind == "url" else []
        elif tag == "select":
            self._select = name
        elif tag == "input" and kind == "file":
            form.files.append(name)
        elif tag == "input" and kind not in BUTTONS:
            form.fields.setdefault(name, told.get("value", "on"))
        elif tag == "button" and name not in form.fields:
            form.fields[name] = told.get("value", "")


def forms_of(page: str, here: str) -> list[Form]:
    """The forms of a page at an address."""
    reader = _Reader(here)
    reader.feed(page)
    return reader.forms
