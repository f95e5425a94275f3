"""HTTPS with good, expired, self-made and mapped certificates."""

import shutil
import socket
import threading
from contextlib import suppress

import pytest
from stage import html
from tunnel import Tunnel, make_certificate
from visiting import last

from govgauge.gather.artifacts import Failure, Purpose

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificates")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-made certificate for site.test, valid for thirty days."""
    return make_certificate(tmp_path_factory.mktemp("tls"), "site.test")


@pytest.fixture
def tunnel(certificate, stage):
    made = Tunnel(*certificate, stage.port)
    yield made
    made.close()


def mapped(stage, tunnel):
    return (f"site.test:80:127.0.0.1:{stage.port}", f"site.test:443:127.0.0.1:{tunnel.port}")


def test_believed_certificate_is_no_error(stage, go, tunnel, certificate):
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html())
    found = go(url="https://site.test/", connect_to=mapped(stage, tunnel), ca_file=str(certificate[0]))
    assert last(found, "/a.html").ok
    facts = found.network
    assert (facts.https_status, facts.https_error, facts.http_leads_to_https) == (200, "", False)
    assert len(facts.certificate_expires) == 10
    assert facts.private_address


def test_site_with_a_certificate_nobody_believes_is_visited_all_the_same(stage, go, tunnel):
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html())
    found = go(url="https://site.test/", connect_to=mapped(stage, tunnel))
    assert last(found, "/a.html").failure is None
    assert found.network.https_error.startswith("certificate: ")


def test_home_page_on_http_is_tried_over_https_too(stage, go, tunnel, certificate):
    stage.add("/", html())
    found = go(url="http://site.test/", connect_to=mapped(stage, tunnel), ca_file=str(certificate[0]))
    assert (found.network.https_status, found.network.http_leads_to_https) == (200, False)


def test_https_is_not_judged_when_all_ports_are_mapped_to_one(stage, go):
    stage.add("/", html("https://site.test/a.html", "https://other.test/b.html", "http://other.test/c.html"))
    found = go(url="http://site.test/", connect_to=(f"::127.0.0.1:{stage.port}",))
    assert (found.network.https_status, found.network.https_error) == (None, "")
    assert {(s.example, s.reason) for s in found.skipped} == {
        ("https://site.test/a.html", "mapping"),
        ("https://other.test/b.html", "mapping"),
    }
    assert not [e for e in found.exchanges() if e.url.startswith("https:")]


def test_server_that_speaks_no_tls_has_that_name(go):
    listener = socket.create_server(("127.0.0.1", 0))

    def refuse():
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
                    connection.recv(9999)

    threading.Thread(target=refuse, daemon=True).start()
    found = go(url=f"https://127.0.0.1:{listener.getsockname()[1]}/")
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    assert {e.failure for e in found.exchanges() if e.purpose is Purpose.HOME} == {Failure.TLS}
