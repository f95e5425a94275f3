"""Brings the English catalogue of the pages up to date: `.venv/bin/python tools/messages.py [--check]`.

Texts stand in Chinese where they are used. This collects them from templates and code, keeps the English that is there,
and compiles the catalogue. It needs no gettext tools. Exits with 1 where English is missing.
"""

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

WEB = Path(__file__).resolve().parent.parent / "src" / "govgauge" / "web"
FOLDER = WEB / "locale" / "en" / "LC_MESSAGES"
NO_DAY = datetime(2025, 11, 30, tzinfo=UTC)
"""The same texts give the same bytes on any day."""
CALLS = {"_", "gettext", "gettext_lazy"}
_IN_TEMPLATE = re.compile(r"(?:gettext|_)\(u?(?P<text>'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")\)")


def main(*arguments: str) -> int:
    """Write the catalogue, or with --check only say whether it is whole; the exit status."""
    texts, known = set(collected()), english()
    missing = sorted(text for text in texts if not known.get(text))
    for text in missing:
        sys.stderr.write(f"没有英文：{text} (no English)\n")
    if "--check" not in arguments:
        catalogue = made({text: known.get(text, "") for text in sorted(texts)})
        FOLDER.mkdir(parents=True, exist_ok=True)
        with (FOLDER / "django.po").open("wb") as file:
            write_po(file, catalogue, width=0, omit_header=False)
        (FOLDER / "django.mo").write_bytes(compiled(catalogue))
    return 1 if missing else 0


def collected() -> Iterator[str]:
    """Every text of templates and code."""
    for path in sorted(WEB.rglob("*.html")):
        for found in _IN_TEMPLATE.finditer(templatize(path.read_text(encoding="utf-8"))):
            yield ast.literal_eval(found["text"])
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value


def english() -> dict[str, str]:
    """The English that there is, by its Chinese."""
    path = FOLDER / "django.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(one.id): str(one.string) for one in read_po(file) if one.id}


def made(texts: dict[str, str]) -> Catalog:
    """A catalogue that is the same whenever it is made of the same texts."""
    catalogue = Catalog(
        locale="en",
        project="govgauge",
        version="1",
        header_comment="# English of the pages.",
        msgid_bugs_address="-",
        last_translator="govgauge",
        language_team="govgauge",
        creation_date=NO_DAY,
        revision_date=NO_DAY,
        fuzzy=False,
    )
    for text, words in texts.items():
        catalogue.add(text, words, flags=["python-format"] if "%(" in text else [])
    return catalogue


def compiled(catalogue: Catalog) -> bytes:
    """The catalogue as gettext reads it."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
