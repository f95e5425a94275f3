"""Forms in which a reader can write."""

from turbohtml import Document

from govgauge.gather import urls
from govgauge.structure.outline import Outline

FIELDS = 3
"""A form with so many fields to fill in is what its page is for; one or two are a search box or a login."""


def is_form(document: Document, outline: Outline) -> bool:
    """Whether a page is there to be filled in: letters, applications, questionnaires."""
    for form in document.find_all("form"):
        fields = len(form.find_all("textarea")) * FIELDS + sum(
            1 for field in form.find_all("input") if (field.attr("type") or "text").lower() in _WRITTEN
        )
        if fields >= FIELDS:
            return True
    return document.find("textarea") is not None and len(outline.dense) < FORM_CHARS


FORM_CHARS = 1500
"""A page with a bare text field and more words than this is there for its words."""
_WRITTEN = frozenset(["text", "tel", "email", "number", "date", "radio"])


def with_text_field(document: Document, outline: Outline) -> tuple[str, ...]:
    """Action URLs of the forms with a free text field; a form without an action leads to its own page."""
    found: dict[str, None] = {}
    for form in document.find_all("form"):
        if form.find("textarea") is not None or any(
            (field.attr("type") or "text").lower() in ("text", "search") for field in form.find_all("input")
        ):
            action = (form.attr("action") or "").strip()
            resolved = urls.absolute(outline.base, action) if action else urls.canonical(outline.base)
            if resolved:
                found[resolved] = None
    return tuple(found)
