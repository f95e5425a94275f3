"""What is done on the command line is in the trail, with the account of the operating system."""

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
