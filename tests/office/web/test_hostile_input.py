"""What people may try on any page: markup in every field, formulas in every list, disguised files, ended sessions."""

import csv
import io
import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils.html import escape
from everything import READERS, everything
from forms_found import Form, forms_of
from test_permissions import PAGES, TABLE, address_of

from govgauge.office.models import Upload

pytestmark = pytest.mark.usefixtures("settings_home")
EVIL = "=HYPERLINK(1)<script>alert(1)</script><img src=x onerror=alert(1)>'\"{{ 7|add:7 }}"
RAW = re.compile(r"<script>alert|<img src=x|=HYPERLINK\(1\)<")
FORMULA = re.compile(r"^[=+\-@\t\r]")
PROGRAM = b"MZ\x90\x00" + bytes(500)
QUIET = ("/display", "/accounts/logout/", "/role")
"""Forms of the head of every page, which hold no texts."""
SIGNED_IN = READERS[1:]
CHECK = "/certificates/"
"""Where everybody may hand in a file, to have it checked."""
WITH_FILES = {"collector", "assessed"}
"""Those who have other forms with files on their pages, too."""


def opened(client: Client, column: int, made) -> dict[str, str]:
    """The pages that a reader may open, by their addresses."""
    found = {}
    for name, row in TABLE.items():
        if row["get"].split()[column] == "200":
            address = address_of(made, name)
            answer = client.get(address)
            if not answer.streaming and answer.headers["Content-Type"].startswith("text/html"):
                found[address] = answer.content.decode()
            answer.close()
    return found


@pytest.mark.parametrize("reader", SIGNED_IN)
def test_markup_is_text_on_every_page_and_in_every_form_and_no_program_is_kept_for_a_letter(reader: str) -> None:
    made = everything(EVIL)
    before, with_files = Upload.objects.count(), set()
    client, column = made.reader(reader), READERS.index(reader)
    pages = opened(client, column, made)
    assert pages
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for address, page in pages.items():
        assert not RAW.search(page), address
        for form in forms_of(page, address):
            key = (form.address, tuple(form.texts))
            if form.address not in QUIET and key not in seen:
                seen.add(key)
                _sent(client, form)
            if form.files and form.address not in with_files:
                with_files.add(form.address)
                _refused(client, form)
    assert CHECK in with_files
    assert len(with_files) > 1 or reader not in WITH_FILES
    assert Upload.objects.count() == before


def _sent(client: Client, form: Form) -> None:
    with transaction.atomic():
        answer = client.post(form.address, form.filled(EVIL, PROGRAM), follow=True)
        assert answer.status_code < 500, form.address
        if not answer.streaming:
            assert not RAW.search(answer.content.decode()), form.address
        answer.close()
        transaction.set_rollback(True)


def test_no_list_holds_a_formula_for_a_spreadsheet() -> None:
    made = everything(EVIL)
    lists = 0
    for reader in ("administrator", "collector", "reviewer", "adjudicator", "assessed", "supervisor"):
        client, column = made.reader(reader), READERS.index(reader)
        for name, row in TABLE.items():
            if row["get"].split()[column] != "200":
                continue
            answer = client.get(address_of(made, name), {"format": "csv"})
            if answer.streaming and answer.headers["Content-Type"].startswith("text/csv"):
                told = b"".join(answer.streaming_content).decode("utf-8-sig")
                cells = [cell for line in csv.reader(io.StringIO(told)) for cell in line]
                assert [cell for cell in cells if FORMULA.match(cell) and not _is_number(cell)] == [], name
                lists += 1
            answer.close()
    assert lists > 15


def _is_number(cell: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", cell))


def _refused(client: Client, form: Form) -> None:
    told = form.filled("理由写得很长，不应丢失", PROGRAM) | dict.fromkeys(form.addresses, "http://a.test/")
    with transaction.atomic():
        answer = client.post(form.address, told, follow=True)
        assert answer.status_code < 500
        assert not Upload.objects.filter(size=len(PROGRAM)).exists(), form.address
        assert "letter.pdf" in answer.content.decode(), f"{form.address} says nothing of the file"
        transaction.set_rollback(True)


def test_who_types_while_their_session_ends_gets_every_word_back() -> None:
    made = everything("首页栏目点开后没有内容")
    for name, row in TABLE.items():
        if not getattr(PAGES[name].callback, "login_required", True) or row["post"].split()[0] != "401":
            continue
        for headers in ({}, {"HX-Request": "true"}):
            answer = Client().post(address_of(made, name), {"any": EVIL}, headers=headers)
            assert answer.status_code == 401, name
            assert escape(EVIL) in answer.content.decode(), name
            assert not RAW.search(answer.content.decode())
