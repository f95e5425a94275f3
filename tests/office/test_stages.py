"""The stages of a round: given, checked, shown, kept to."""

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from rounds_of_sites import a_round as seeded_round

from govgauge.errors import Unusable
from govgauge.office.domain import rounds, stages
from govgauge.office.domain.stages import Days, OutOfStage
from govgauge.office.lines import Line
from govgauge.office.models import Round, StageKind

DAY = timedelta(days=1)


def a_round(*given: str) -> Round:
    plan = stages.plan_of(None, given)
    return rounds.create("r", "", rules="inspection-2019", as_of=date(2025, 11, 30), settings={}, plan=plan)


REAL = {
    "2020": (
        "indicators=2020-03-01..2020-10-20",
        "registration=2020-09-01..2020-11-15",
        "collection=2020-09-01..2020-11-30",
        "review=2020-11-11..2020-11-30",
        "analysis=2020-11-21..2020-12-10",
        "publication=2020-12-11..2020-12-20",
    ),
    "2025": (
        "indicators=2025-03-01..2025-09-30",
        "registration=2025-07-01..2025-11-15",
        "collection=2025-08-01..2025-11-30",
        "review=2025-11-11..2025-11-30",
        "analysis=2025-11-21..2025-12-20",
        "publication=2025-12-11..2025-12-31",
    ),
}


@pytest.mark.parametrize("year", sorted(REAL))
def test_the_overlapping_stages_of_real_rounds_can_be_used(year: str) -> None:
    round_ = a_round(*REAL[year])
    assert [f"{kind.value}={days.said()}" for kind, days in stages.of(round_).items()] == list(REAL[year])


def test_several_stages_may_be_now() -> None:
    plan = stages.of(a_round(*REAL["2025"]))
    assert stages.running(plan, date(2025, 11, 12)) == [
        StageKind.REGISTRATION,
        StageKind.COLLECTION,
        StageKind.REVIEW,
    ]
    assert stages.running(plan, date(2025, 2, 28)) == []
    assert stages.running(plan, date(2025, 12, 31)) == [StageKind.PUBLICATION]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["collection=2025-11-30..2025-09-01"], "早于起日"),
        (["collection=2025-09-01..2025-11-30", "registration=2025-10-01..2025-11-01"], "在 2025-09-01 开始，早于"),
        (["collection=2025-09-01..2025-11-30", "registration=2025-07-01..2025-12-01"], "在 2025-11-30 结束，早于"),
        (["harvest=2025-09-01..2025-11-30"], "没有阶段“harvest”"),
        (["collection=2025-09-01-2025-11-30"], "两个点"),
        (["collection=2025-09-31..2025-11-30"], "不是一个阶段"),
    ],
)
def test_stages_that_do_not_fit_are_refused(given: list[str], said: str) -> None:
    with pytest.raises(Unusable, match=said):
        a_round(*given)
    assert not Round.objects.exists()


def test_a_change_that_does_not_fit_leaves_the_stages_as_they_were() -> None:
    round_ = a_round(*REAL["2025"])
    before = stages.of(round_)
    with pytest.raises(Unusable):
        stages.change(round_, {StageKind.COLLECTION: Days(date(2025, 1, 1), date(2025, 2, 1))})
    assert stages.of(round_) == before
    after = stages.change(round_, {}, ["review", "数据采集"])
    assert list(after) == [
        StageKind.INDICATORS,
        StageKind.REGISTRATION,
        StageKind.ANALYSIS,
        StageKind.PUBLICATION,
    ]


def test_sites_are_visited_within_the_collection_only() -> None:
    round_ = a_round("collection=2025-09-01..2025-11-30")
    stages.may_collect(round_, date(2025, 9, 1))
    stages.may_collect(round_, date(2025, 11, 30))
    with pytest.raises(OutOfStage, match=r"还没有开始.*--anyway"):
        stages.may_collect(round_, date(2025, 8, 31))
    with pytest.raises(OutOfStage, match=r"已经结束.*--anyway"):
        stages.may_collect(round_, date(2025, 12, 1))


def test_subjects_are_added_until_the_registration_ends_or_else_the_collection() -> None:
    round_ = a_round("collection=2025-09-01..2025-11-30")
    stages.may_register(round_, date(2025, 11, 30))
    with pytest.raises(OutOfStage, match=r"数据采集.*已经结束"):
        stages.may_register(round_, date(2025, 12, 1))
    stages.change(round_, {StageKind.REGISTRATION: Days(date(2025, 7, 1), date(2025, 9, 30))})
    with pytest.raises(OutOfStage, match=r"参评报名.*已经结束"):
        stages.may_register(round_, date(2025, 10, 1))


def test_without_stages_nothing_is_refused() -> None:
    round_ = a_round()
    stages.may_collect(round_, date(1999, 1, 1))
    stages.may_register(round_, date(2099, 1, 1))


def test_a_file_gives_stages_and_the_command_line_goes_before(tmp_path: Path) -> None:
    path = tmp_path / "stages.toml"
    path.write_text(
        "[collection]\nstarts = 2025-09-01\nends = 2025-11-30\n"
        '["结果发布及经验交流"]\nstarts = 2025-12-11\nends = 2025-12-31\n',
        encoding="utf-8",
    )
    assert stages.plan_of(path, ["collection=2025-08-01..2025-11-30"]) == {
        StageKind.COLLECTION: Days(date(2025, 8, 1), date(2025, 11, 30)),
        StageKind.PUBLICATION: Days(date(2025, 12, 11), date(2025, 12, 31)),
    }
    path.write_text('[collection]\nstarts = "2025-09-01"\nends = 2025-11-30\n', encoding="utf-8")
    with pytest.raises(Unusable, match=r"stages.toml \[collection\]"):
        stages.plan_of(path, [])


def test_the_command_tells_which_stage_is_now_and_keeps_to_it() -> None:
    now = date.today()  # noqa: DTZ011 - the command's today
    later = f"collection={now + 30 * DAY}..{now + 60 * DAY}"

    def govgauge(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "govgauge", "round", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    begun = f"indicators={now - 2 * DAY}..{now + 2 * DAY}"
    assert govgauge("new", "r", "--as-of", "2025-11-30", "--stage", begun, "--stage", later).returncode == 0
    told = govgauge("status", "r").stdout
    assert f"▶ 指标编制及意见征集（indicators）{now - 2 * DAY} 至 {now + 2 * DAY}" in told
    assert '"stages_now": ["indicators"]' in govgauge("status", "r", "--json").stdout
    early = govgauge("run", "r")
    assert (early.returncode, "还没有开始" in early.stderr) == (2, True)
    assert "里还没有评估对象" in govgauge("run", "r", "--anyway").stderr


def test_running_a_round_leaves_the_jobs_of_others_alone_and_tells_of_one_that_is_not_open() -> None:
    rounds.add(a_round(), [Line(0, "无网站局", "", "a", "", "2025-county", "")])
    other = seeded_round(("a", 2), slug="other")

    def govgauge(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "govgauge", "round", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert govgauge("run", "r").returncode == 0
    assert set(other.jobs.values_list("state", "attempts")) == {("ready", 0)}
    assert govgauge("pause", "r").returncode == 0
    paused = govgauge("run", "r")
    assert (paused.returncode, "“r”已暂停；请先运行 round resume r" in paused.stderr) == (2, True)
    assert govgauge("status", "r").stdout.startswith("r（已暂停）：")
    assert '"state": "paused"' in govgauge("status", "r", "--json").stdout
    rounds.freeze(rounds.find("r"))
    frozen = govgauge("run", "r")
    assert (frozen.returncode, "“r”已冻结，不能再采集" in frozen.stderr) == (2, True)
