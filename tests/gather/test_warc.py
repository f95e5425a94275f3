"""The archive is a good WARC, and every kind of damage to one is found."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stage import html, redirect, reply
from visiting import last

from govgauge.gather import archive, journal, warc
from govgauge.gather.warc_check import members


@pytest.fixture
def kept(stage, go, tmp_path) -> Path:
    """The archive of a small visit."""
    stage.add("/", reply(gzip.compress(html("/a.html", "/r", "/no.html").encode()), Content_Encoding="gzip"))
    stage.add("/a.html", html(text="正文"))
    stage.add("/r", redirect("/a.html"))
    go()
    return tmp_path / "visit" / archive.NAME


def test_archive_passes_warcio(kept):
    program = Path(sys.executable).with_name("warcio")
    done = subprocess.run([program, "check", "-v", kept], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert "digest pass" in done.stdout
    assert "fail" not in done.stdout


def test_every_hop_and_every_failure_is_archived(kept):
    records = [record.partition(b"\r\n\r\n") for _, record in members(kept)]
    targets = [
        h.partition(b"WARC-Target-URI: ")[2].partition(b"\r\n")[0].rpartition(b"/")[2] for h, _, _ in records[1:]
    ]
    assert [targets.count(name) for name in (b"robots.txt", b"r", b"a.html", b"no.html")] == [1, 1, 1, 2]


def test_good_archive_has_no_problems(kept):
    assert warc.verify(kept) == []
    assert warc.verify(str(kept)) == []


def test_body_is_read_back_at_its_offset(kept):
    exchange = next(e for e in journal.exchanges(kept.with_name(journal.NAME)) if e.url.endswith("/a.html"))
    headers, body = archive.body(kept, exchange.offset)
    assert ("正文" in body.decode(), dict(headers)["Content-Length"]) == (True, str(len(body)))


def test_offset_that_is_none_is_an_error(kept):
    with pytest.raises(archive.ArchiveError):
        archive.body(kept, 7)
    with pytest.raises(archive.ArchiveError):
        archive.body(kept, 0)


def rebuilt(path: Path, change) -> list[str]:
    """The problems of an archive after one record was changed and packed again."""
    records = list(members(path))
    raw = bytearray()
    for number, (_, record) in enumerate(records):
        raw += gzip.compress(change(record) if number == 2 else record)
    path.with_name(journal.NAME).unlink(missing_ok=True)
    path.write_bytes(raw)
    return warc.verify(path)


DAMAGE = {
    "block": (lambda r: r[:-8] + b"XXXX\r\n\r\n", "WARC-Payload-Digest"),
    "payload": (lambda r: r.replace(b"WARC-Payload-Digest: sha256:", b"WARC-Payload-Digest: sha256:0")[:], ""),
    "length": (lambda r: r.replace(b"\r\n\r\n", b"\r\nX: y\r\n\r\n", 1)[:-5] + b"\r\n\r\n", "Content-Length"),
    "shorter": (lambda r: r[:-20], "Content-Length"),
    "no id": (lambda r: r.replace(b"WARC-Record-ID", b"X-Record-ID"), "WARC-Record-ID is missing"),
    "no date": (lambda r: r.replace(b"WARC-Date", b"X-Date"), "WARC-Date is missing"),
    "no type": (lambda r: r.replace(b"WARC-Type", b"X-Type"), "WARC-Type is missing"),
    "no target": (lambda r: r.replace(b"WARC-Target-URI", b"X-Target-URI"), "WARC-Target-URI is missing"),
    "no length": (lambda r: r.replace(b"Content-Length", b"X-Length", 1), "Content-Length is missing"),
    "wrong date": (lambda r: r.replace(b"WARC-Date: 2", b"WARC-Date: X"), "UTC time"),
    "no WARC": (lambda _r: b"hello", "not a WARC record"),
    "twice": (lambda r: r + r, "record by record"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damaged_record_is_found(kind, kept):
    change, words = DAMAGE[kind]
    problems = rebuilt(kept, change)
    assert problems
    assert any(words in problem for problem in problems)
    assert all(problem.startswith("offset ") for problem in problems)


def test_truncated_archive_is_found(kept):
    kept.write_bytes(kept.read_bytes()[:-9])
    assert "breaks off" in warc.verify(kept)[0]


def test_flipped_bit_is_found(kept):
    offset = next(e.offset for e in journal.exchanges(kept.with_name(journal.NAME)) if e.url.endswith("/a.html"))
    raw = bytearray(kept.read_bytes())
    raw[offset + 60] ^= 0x10
    kept.write_bytes(raw)
    assert warc.verify(kept)


def test_rubbish_at_the_end_is_found(kept):
    with kept.open("ab") as file:
        file.write(b"\x00" * 100)
    assert warc.verify(kept)


def test_archive_in_one_piece_is_found(kept):
    kept.write_bytes(gzip.compress(b"".join(record for _, record in members(kept))))
    assert "record by record" in warc.verify(kept)[0]


def test_archive_without_compression_is_found(kept):
    kept.write_bytes(b"".join(record for _, record in members(kept)))
    assert "not compressed" in warc.verify(kept)[0]


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", gzip.compress(b"hello"), gzip.compress(b"")],
    ids=["empty", "text", "packed text", "packed nothing"],  # packed bytes hold the time of day
)
def test_file_that_is_no_archive_is_found(content, tmp_path):
    (tmp_path / "x.warc.gz").write_bytes(content)
    assert len(warc.verify(tmp_path / "x.warc.gz")) == 1


def test_missing_file_is_found(tmp_path):
    assert "cannot be read" in warc.verify(tmp_path / "none.warc.gz")[0]


def test_journal_that_points_elsewhere_is_found(kept):
    path = kept.with_name(journal.NAME)
    exchange = next(e for e in journal.exchanges(path) if e.url.endswith("/a.html"))
    path.write_text(path.read_text().replace(f'"offset":{exchange.offset},', '"offset":1,'))
    assert warc.verify(kept)[0].startswith("offset 1: the journal expects")


@given(st.binary(max_size=3000), st.lists(st.binary(max_size=80), max_size=6))
def test_any_body_and_any_header_line_can_be_archived(tmp_path_factory, body, lines):
    path = tmp_path_factory.mktemp("any") / "any.warc.gz"
    given_lines = [b"HTTP/1.1 200 OK\r\n", *(line.replace(b"\n", b"").replace(b"\r", b"") + b"\r\n" for line in lines)]
    with warc.Writer(path, "test") as writer:
        offset = writer.response("http://a.gov.cn/", given_lines, body, at="2025-11-05T08:00:00.000+00:00")
    assert warc.verify(path) == []
    assert archive.body(path, offset)[1] == body


def test_last_exchange_of_a_page_lies_where_the_journal_says(stage, go, tmp_path):
    stage.add("/", html("/a.html"))
    stage.add("/a.html", html(text="独一无二"))
    exchange = last(go(), "/a.html")
    assert "独一无二" in archive.body(tmp_path / "visit" / archive.NAME, exchange.offset)[1].decode()
