"""Long sweep; run as a pytest file from tests/office/web."""
import time, traceback
from urllib.parse import quote_from_bytes, urlencode
import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from everything import READERS, everything
from asked_names import asked_names
from forms_found import forms_of
from test_permissions import TABLE, PAGES, address_of
pytestmark = pytest.mark.usefixtures("settings_home")
BIG = b"9"*5000
VALUES = [b"", b"\x00", b"a\x00b", BIG, b"\xff\xfe", b"\xed\xa0\x80", b"nan", b"-1", b"1e400", "٣".encode(), b"9223372036854775808", b"[]", b"null", b"inf", b"0x1", b"2025-13-45", b"0001-01-01", b"9999-12-31", b"1,2,x", b"http://[", b"\r\n", "甲".encode()*34000, b"'\"", b"%s", b"1"]
WHO = ("assessed","collector","expert","supervisor","reviewer","adjudicator","administrator","indicator-editor","observer")

@pytest.fixture(params=["postgresql"])
def database(request): return str(request.param)

@pytest.mark.parametrize("reader", WHO)
def test_sweep(reader):
    made = everything("首页栏目点开后没有内容")
    client, column = made.reader(reader), READERS.index(reader)
    client.raise_request_exception = False
    caught = []
    def note(sender, **kw):
        import sys
        e = sys.exc_info()
        tb = traceback.extract_tb(e[2])
        mine = [f for f in tb if "govgauge" in f.filename]
        caught.append(f"{e[0].__name__}: {str(e[1])[:100]} at {mine[-1].filename.split('govgauge/')[-1]}:{mine[-1].lineno}" if mine else f"{e[0].__name__} {str(e[1])[:100]} {tb[-1].filename}:{tb[-1].lineno}")
    got_request_exception.connect(note)
    faults, slow, n, began = {}, [], 0, time.time()
    def ask(method, address, fields):
        nonlocal n
        n += 1
        raw = "&".join(f"{k}={quote_from_bytes(v)}" for k, v in fields.items())
        caught.clear(); t = time.time()
        with transaction.atomic():
            if method == "get": a = client.get(address + ("?" + raw if raw else ""))
            else: a = client.post(address, raw, content_type="application/x-www-form-urlencoded")
            if a.streaming:
                try: b"".join(a.streaming_content)
                except Exception as e: caught.append(repr(e)); a.status_code = 500
                a.close()
            transaction.set_rollback(True)
        if time.time()-t > 1: slow.append((round(time.time()-t,1), method, address, raw[:80]))
        if a.status_code >= 500 or caught:
            faults.setdefault((method, address, caught[0] if caught else a.status_code), {k: v[:40] for k, v in fields.items()})
        return a
    tried = set()
    def sweep(method, address, known):
        with asked_names() as names:
            ask(method, address, known)
            for v in VALUES[:4]: ask(method, address, {k: v for k in set(names) | set(known)})
        found = sorted((names | set(known)) - {"csrfmiddlewaretoken", "_method"})
        for v in VALUES:
            ask(method, address, {k: v for k in found})
            for k in found: ask(method, address, {**known, k: v})
    for name, row in TABLE.items():
        address = address_of(made, name)
        if row["get"].split()[column] == "200":
            a = client.get(address)
            html = b"".join(a.streaming_content).decode(errors="replace") if a.streaming else a.content.decode(errors="replace"); a.close()
            sweep("get", address, {})
            for form in forms_of(html, address):
                if form.address in ("/display","/accounts/logout/") and name != "start": continue
                key = (form.address.split("?")[0], tuple(form.fields), tuple(form.texts))
                if key in tried: continue
                tried.add(key)
                sweep("post", form.address, {**{k: v.encode() for k, v in form.fields.items()}, **{k: "写得清楚的文字".encode() for k in form.texts}})
        if row["post"].split()[column] not in {"403","404","405","401"} :
            sweep("post", address, {})
    got_request_exception.disconnect(note)
    with open("/tmp/i5_sweep/out.txt", "a") as f:
        print(f"== {reader}: {n} requests, {time.time()-began:.0f} s, {len(faults)} faults", file=f)
        for k, v in faults.items(): print("  ", k, v, file=f)
        for s in slow[:20]: print("  slow", s, file=f)
