"""Signs that no database takes, numbers of nothing, ids of others: in each parameter that a page or a form reads.

Pages tell which parameters they read. All of them get every value, and numbers alone, too; nothing is a fault of ours,
and no id of somebody else brings what is theirs onto a page.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote_from_bytes

import pytest
from asked_names import asked_names
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from everything import READERS, Everything, everything
from forms_found import Form, forms_of
from people_at_work import signed_in, somebody
from test_permissions import PAGES, TABLE, address_of

from govgauge.office.models import Change, Registration, RoleKind

pytestmark = pytest.mark.usefixtures("settings_home")
LONG = "县".encode() * 34_000
"""100 KB, sent as it is: to write it in hexadecimal and to read that takes longer than all else."""
DIGITS = b"9" * 5000
VALUES = (DIGITS, b"http://[\x00\xed\xa0\x80\xff")
IN_FORMS = (*VALUES, LONG)
AT_WORK = ("assessed", "collector", "expert", "supervisor", "administrator")
ACCOUNT = ("/accounts/login/", "/accounts/logout/", "/accounts/password/reset/", "/accounts/2fa/")
RIGHT = "写得清楚的文字".encode()
SECRET = "首页栏目点开后没有内容"
STRANGERS = ((RoleKind.ASSESSED, "某省/丙县"), (RoleKind.SUPERVISOR, "别省"), (RoleKind.COLLECTOR, ""))
REFUSED = {"403", "404", "405"}
Fields = Mapping[str, bytes]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """With either database: what one takes, the other may refuse."""
    return str(request.param)


def test_no_parameter_of_a_page_or_a_form_is_a_fault_of_ours() -> None:
    made, faults, tried = everything(SECRET), [], set()
    for reader in AT_WORK:
        client, column = made.reader(reader), READERS.index(reader)
        client.raise_request_exception = False
        for address in (*ACCOUNT, *_open_to(made, column)):
            told = tried_with(client, "get", address, {})
            page = b"" if told is None else told
            for form in forms_of(page.decode(errors="replace"), address):
                key = (form.address.partition("?")[0], tuple(form.fields), tuple(form.texts))
                if key not in tried:
                    tried.add(key)
                    faults += hostile(client, "post", form.address, _known(form))
            if address not in tried:
                tried.add(address)
                faults += hostile(client, "get", address, {})
    assert faults == []


@pytest.mark.parametrize("database", ["sqlite"])
def test_ids_of_others_in_any_parameter_show_and_change_nothing_of_theirs() -> None:
    made, told = everything(SECRET), []
    ids = sorted({str(number).encode() for number in made.ids.values()})
    for kind, scope in STRANGERS:
        person = somebody(kind, scope=scope)
        client = signed_in(person)
        for name, row in TABLE.items():
            if "of" in row or not getattr(PAGES[name].callback, "login_required", True):
                continue  # an address with a number of others is not there: see test_permissions
            address = address_of(made, name)
            for method in ("get", "post"):
                if row[method].split()[READERS.index(kind)] in REFUSED:
                    continue
                names = names_of(client, method, address)
                for number in ids if names else ():
                    page = tried_with(client, method, address, dict.fromkeys(names, number), made)
                    if page is not None and SECRET.encode() in page:
                        told.append((kind, method, name, number))
    assert told == []


def hostile(client: Client, method: str, address: str, known: Fields) -> list[str]:
    """What went wrong when an address was asked with hostile values: in all of its parameters, then in each alone."""
    names = {*known, *names_of(client, method, address)} - {"csrfmiddlewaretoken"}
    values = IN_FORMS if method == "post" else VALUES
    sent: list[Fields] = [dict.fromkeys(names, value) for value in values] if names else []
    sent += [{**known, name: DIGITS} for name in known if known[name].isdigit()]  # where all else is right
    return [
        f"{method} {address} {str(fields)[:200]}"
        for fields in sent
        if tried_with(client, method, address, fields) is None
    ]


def names_of(client: Client, method: str, address: str) -> set[str]:
    """The parameters that an address reads."""
    with asked_names() as names:
        tried_with(client, method, address, {})
        if names:
            tried_with(client, method, address, dict.fromkeys(names, b"1"))
    return names


def tried_with(
    client: Client, method: str, address: str, fields: Fields, made: Everything | None = None
) -> bytes | None:
    """What is answered, without leaving a trace; None for a fault of ours. Of `made` nothing may change."""
    raw = "&".join(f"{name}={_sent(value)}" for name, value in fields.items())
    before = Change.objects.count() if made else 0
    with transaction.atomic():
        if method == "get":
            answer = client.get(f"{address}?{raw}")
        else:
            answer = client.post(address, raw, content_type="application/x-www-form-urlencoded")
        if made:
            done = Change.objects.order_by("id")[before:]
            assert [one.verb for one in done if one.entry_id == made.ids["entry"]] == [], address
        page = _read(answer)
        transaction.set_rollback(True)
    return None if answer.status_code >= 500 else page


def _sent(value: bytes) -> str:
    return value.decode() if value == LONG else quote_from_bytes(value)


def _read(answer: HttpResponseBase) -> bytes:
    """What was answered; it closes itself at its end, and once more would close the connection of the transaction."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def _open_to(made: Everything, column: int) -> Iterable[str]:
    return [address_of(made, name) for name, row in TABLE.items() if row["get"].split()[column] == "200"]


def _known(form: Form) -> Fields:
    return {**{name: value.encode() for name, value in form.fields.items()}, **dict.fromkeys(form.texts, RIGHT)}


def test_a_sign_that_no_database_takes_is_left_out_of_what_was_typed() -> None:
    made = everything(SECRET)
    client = made.reader("administrator")
    sent = {"reason": "公章\x00不清楚", "seen": str(Registration.objects.get().steps.latest("id").pk)}
    assert client.post(address_of(made, "registration-return"), sent).status_code == 302
    assert Registration.objects.get().steps.latest("id").reason == "公章不清楚"
    assert client.get("/trail/?q=%00").status_code == 200
