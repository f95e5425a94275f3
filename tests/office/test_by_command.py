"""What is done on the command line is in the trail, with the account of the operating system."""

import socket
from pathlib import Path

import pytest
from offices import govgauge

from govgauge.office.models import Change


def test_what_is_done_to_rounds_and_people_by_command_is_in_the_trail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVGAUGE_USER", "运维小王")
    listed = tmp_path / "list.csv"
    listed.write_text(
        "name,parent,group,url,system,profile\n甲县,某省,县,http://a.test/,2025-county,\n", encoding="utf-8"
    )
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--stage", "collection=2025-09-01..2099-11-30")
    govgauge("round", "add", "r", listed)
    govgauge("round", "pause", "r")
    govgauge("round", "resume", "r")
    govgauge("round", "freeze", "r", "--inputs")
    govgauge("round", "status", "r")
    govgauge("people", "add", "wang@example.test", "--name", "王")
    rows = list(Change.objects.order_by("id").values_list("verb", "actor", "actor_name", "address"))
    verbs = ["open", "stages", "fill", "pause", "resume", "freeze-inputs"]
    assert [row[0] for row in rows] == [*(f"round.{one}" for one in verbs), "invitation.send"]
    assert {row[1:] for row in rows} == {(None, "运维小王", "命令行")}
    assert Change.objects.get(verb="round.pause").after == {"state": "paused"}


def test_whoever_starts_work_on_a_round_by_command_is_in_the_trail_with_what_they_overrode(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(
        f"name,parent,group,url,system,profile\n甲县,某省,县,http://127.0.0.1:{closed_port()}/,2025-county,\n",
        encoding="utf-8",
    )
    govgauge("round", "new", "r", "--as-of", "2025-11-30", "--stage", "collection=2025-09-01..2025-09-02")
    govgauge("round", "add", "r", listed, "--anyway")
    govgauge("round", "freeze", "r", "--inputs")
    Change.objects.all().delete()
    govgauge("monitor", "run", "r", "--hours", "0.0005", "--anyway")
    govgauge("monitor", "status", "r")
    govgauge("round", "freshness", "r")
    govgauge("round", "run", "r", "--workers", "1", "--anyway", status=1)
    govgauge("round", "visit", "r", "--again")
    told = list(Change.objects.order_by("id").values_list("verb", "after"))
    assert told == [
        ("round.monitor", {"once": False, "hours": 0.0005, "anyway": True}),
        ("round.run", {"workers": 1, "anyway": True}),
        ("round.visit", {"jobs": 1, "list": ["某省/甲县"]}),
    ]


def closed_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
