"""Keeping the files of visits in a folder and in a bucket of a real S3 server on loopback."""

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import boto3
import pytest
from moto.server import ThreadedMotoServer
from offices import govgauge, open_round
from rounds_of_sites import a_round, took

from govgauge.errors import Unusable
from govgauge.office.evidence import Store, the_store
from govgauge.office.evidence.bucket import BucketStore
from govgauge.office.evidence.cleaning import attempt_name, remove_orphans
from govgauge.office.models import Job, Result

PLACE = PurePosixPath("evidence/r/1/1-aaaaaaaa")


@pytest.fixture(scope="module")
def s3_server() -> Iterator[str]:
    """The address of an S3 server with a bucket."""
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A prefix of its own in the bucket, which commands started by the test use, too."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "of-the-test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of-the-test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("GOVGAUGE_S3_ENDPOINT", s3_server)
    client = boto3.client("s3", endpoint_url=s3_server)
    client.create_bucket(Bucket="kept")
    client.close()
    monkeypatch.setenv("GOVGAUGE_EVIDENCE", f"s3://kept/{tmp_path.name}")
    return f"kept/{tmp_path.name}"


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, office: Path) -> Store:
    """Both kinds."""
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return the_store(office)


def keep(store: Store, place: PurePosixPath, **files: bytes) -> Path:
    scratch = store.scratch(place)
    for name, body in files.items():
        (scratch / name).write_bytes(body)
    (scratch / "deeper").mkdir()
    (scratch / "deeper" / "file").write_bytes(b"deep")
    store.keep(scratch, place)
    return scratch


def test_what_is_kept_can_be_opened(store: Store) -> None:
    scratch = keep(store, PLACE, one=b"1" * 100_000, two=b"")
    assert (store.at_hand(scratch, PLACE) / "one").read_bytes() == b"1" * 100_000
    store.let_go(scratch)
    assert not scratch.exists()
    with store.opened(PLACE) as folder:
        assert (folder / "one").read_bytes() == b"1" * 100_000
        assert (folder / "two").read_bytes() == b""
        assert (folder / "deeper" / "file").read_bytes() == b"deep"
    with store.opened(PLACE / "deeper") as folder:
        assert (folder / "file").read_bytes() == b"deep"
    with store.opened(PLACE, ["two"]) as folder:
        assert (folder / "two").exists()


def test_what_is_not_there_is_said(store: Store) -> None:
    with pytest.raises(Unusable, match="GOVGAUGE_EVIDENCE"), store.opened(PLACE):
        pass


@pytest.mark.parametrize("place", ["elsewhere/r/1", "evidence/../../etc", "evidence"])
def test_a_place_never_leads_out_of_the_store(store: Store, place: str) -> None:
    with pytest.raises(ValueError, match="no place"):
        store.scratch(PurePosixPath(place))


def test_an_attempt_that_was_not_kept_whole_is_not_evidence(bucket: str, office: Path) -> None:
    store = the_store(office)
    assert isinstance(store, BucketStore)
    store.let_go(keep(store, PLACE, one=b"1"))
    store._system.pipe_file(f"{bucket}/r/1/1-aaaaaaaa/one", b"2")
    with pytest.raises(Unusable, match="与采集时不同"), store.opened(PLACE):
        pass
    store._system.rm_file(f"{bucket}/r/1/1-aaaaaaaa/SHA256SUMS")
    with pytest.raises(Unusable, match="材料不在这里"), store.opened(PLACE):
        pass


def test_orphans_are_removed_but_nothing_that_is_wanted_under_way_or_fresh(store: Store) -> None:
    a_round(("a", 3))
    entry = Job.objects.order_by("id")[0].entry
    running = took("w", "visit")
    places = {
        "accepted": PurePosixPath(f"evidence/r/{entry.id}/1-aaaaaaaa"),
        "under way": PurePosixPath(f"evidence/r/{running.entry_id}/{attempt_name(running)}"),
        "orphan": PurePosixPath(f"evidence/r/{entry.id}/1-bbbbbbbb"),
    }
    for place in places.values():
        keep(store, place, one=b"1")
    points = dict.fromkeys(["pages", "findings", "low", "high", "answered"], 0)
    Result.objects.create(entry=entry, evidence=f"{places['accepted']}/accepted", home_ok=True, digest="", **points)
    assert remove_orphans(store) == 0
    assert remove_orphans(store, grace=-10) == 1
    assert {one.place for one in store.attempts()} == {places["accepted"], places["under way"]}


def test_scratch_folders_of_dead_workers_are_removed_but_not_those_of_living_ones(office: Path) -> None:
    store = the_store(office)
    a_round(("a", 1))
    running = took("w", "visit")
    living = store.scratch(PurePosixPath(f"evidence/r/{running.entry_id}/{attempt_name(running)}"))
    dead = store.scratch(PLACE)
    assert remove_orphans(store, grace=-10) == 1
    assert (living.exists(), dead.exists()) == (True, False)


@pytest.mark.usefixtures("bucket")
def test_a_round_with_its_evidence_in_a_bucket(small_site: int, tmp_path: Path, office: Path) -> None:
    open_round(small_site, tmp_path, 2)
    govgauge("round", "run", "r")
    assert "0 个有变化" in govgauge("round", "recompute", "r")
    assert not (office / "evidence").exists()
    assert os.listdir(office / "scratch") == []  # noqa: PTH208 - names are enough
    store = the_store(office)
    with store.opened(PurePosixPath(Result.objects.order_by("id")[0].evidence)) as folder:
        assert (folder / "archive.warc.gz").stat().st_size > 1000


def test_an_unusable_store_is_named(monkeypatch: pytest.MonkeyPatch, office: Path) -> None:
    monkeypatch.setenv("GOVGAUGE_EVIDENCE", "ftp://somewhere")
    with pytest.raises(Unusable, match="ftp://somewhere"):
        the_store(office)
