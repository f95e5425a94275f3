"""Forms in which a reader can write."""

from turbohtml import Document

from govgauge.gather import urls
from govgauge.structure.outline import Outline


def with_text_field(document: Document, outline: Outline) -> tuple[str, ...]:
    """Action URLs of the forms with a free text field; a form without an action leads to its own page."""
    found: dict[str, None] = {}
    for form in document.find_all("form"):
        if form.find("textarea") is not None or any(
            (field.attr("type") or "text").lower() in ("text", "search") for field in form.find_all("input")
        ):
            action = (form.attr("action") or "").strip()
            resolved = urls.resolve(outline.base, action) if action else outline.base
            if resolved:
                found[urls.canonical(resolved)] = None
    return tuple(found)
