"""`govgauge collect`: plans previewed, done, and moved to others."""

import json

from collecting import a_collector, a_round
from offices import govgauge, govgauge_fails

from govgauge.office.models import Assignment


def test_a_plan_is_previewed_and_then_done() -> None:
    a_round(2)
    for name in ("a", "b"):
        a_collector(name)
    wish = ("collect", "plan", "r", "--due", "2025-12-20", "--share", "0.1", "--json")
    looked = json.loads(govgauge(*wish, "--preview"))
    assert (looked["first"], looked["done"], Assignment.objects.count()) == (222, False, 0)
    done = json.loads(govgauge(*wish))
    assert done == {**looked, "done": True}
    assert Assignment.objects.count() == done["first"] + done["second"]
    assert "改派" not in govgauge("collect", "move", "r", "--from", "a@example.test")
    for one in Assignment.objects.filter(person__name="a"):  # nobody could take it: the other one has it already
        assert Assignment.objects.filter(entry=one.entry, check_id=one.check_id, person__name="b").exists()
    assert "0 至 1 的数" in govgauge_fails(*wish[:-2], "much")
    assert "不是本次评估的采集员：c@example.test" in govgauge_fails(*wish, "--people", "c@example.test")
