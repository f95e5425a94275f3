"""A frozen version never changes, comments attach to it, and the next one answers them by changes that are there."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from govgauge.errors import Unusable
from govgauge.systems import library
from govgauge.systems.answers import Answer, Decision
from govgauge.systems.comments import Comment, add_comment, comments_of
from govgauge.systems.history import history, history_lines
from govgauge.systems.source_text import UnusableFile
from govgauge.systems.versions import Version, freeze, load_version, unanswered, versions_of
from govgauge.systems.writer import write

CITY = library.system("2025-city")
DAY = date(2025, 12, 1)


def file_of(folder: Path, *, weight: str = "17", other: str = "5") -> Path:
    text = write(CITY).replace("{city: 17}", f"{{city: {weight}}}", 1)
    path = folder / "draft.yaml"
    path.write_text(
        text.replace(
            "name: 政策文件库\n            weights: {city: 5}",
            f"name: 政策文件库\n            weights: {{city: {other}}}",
        )
    )
    return path


def first(folder: Path) -> Version:
    return freeze(file_of(folder), folder / "store", on=DAY, by="张三", note="初稿")


def said(folder: Path, code: str, body: str) -> Comment:
    return add_comment(folder, 1, CITY, code=code, author="某市", body=body, on=DAY)


def answers(folder: Path, text: str) -> Path:
    path = folder / "answers.yaml"
    path.write_text(text)
    return path


def test_a_version_is_frozen_and_read_back(tmp_path: Path) -> None:
    made = first(tmp_path)
    store = tmp_path / "store" / "2025-city"
    assert sorted(path.name for path in store.iterdir()) == [".lock", "1.json", "1.yaml"]
    assert load_version(store, 1) == made
    assert (made.system, made.record.version, made.record.from_version) == (CITY, 1, None)


def test_a_changed_file_or_record_is_refused(tmp_path: Path) -> None:
    first(tmp_path)
    store = tmp_path / "store" / "2025-city"
    sound = (store / "1.yaml").read_text()
    (store / "1.yaml").write_text(sound.replace("{city: 17}", "{city: 18}", 1))
    with pytest.raises(Unusable, match="与定版时的校验值不符，已被改动"):
        load_version(store, 1)
    (store / "1.yaml").write_text(sound)
    (store / "1.json").write_text((store / "1.json").read_text().replace("张三", "李四"))
    with pytest.raises(Unusable, match="定版记录已被改动"):
        load_version(store, 1)
    (store / "1.json").write_text("{")
    with pytest.raises(Unusable, match="不是定版记录"):
        load_version(store, 1)


def test_nothing_new_is_not_frozen_again(tmp_path: Path) -> None:
    first(tmp_path)
    with pytest.raises(Unusable, match="与第 1 版内容相同"):
        first(tmp_path)
    assert versions_of(tmp_path / "store" / "2025-city") == [1]


def test_a_comment_needs_an_indicator_that_exists(tmp_path: Path) -> None:
    first(tmp_path)
    store = tmp_path / "store" / "2025-city"
    with pytest.raises(Unusable, match=r"没有代码为“9\.9”的指标"):
        said(store, "9.9", "多余")
    with pytest.raises(Unusable, match="都要写明"):
        said(store, "1.1.1", " ")
    assert [said(store, "1.1.1", "太重").id, said(store, "1", "可以").id] == ["c1", "c2"]
    assert [(one.id, one.code, one.body) for one in comments_of(store, 1)] == [
        ("c1", "1.1.1", "太重"),
        ("c2", "1", "可以"),
    ]
    (store / "comments.jsonl").write_text("{}\n")
    with pytest.raises(Unusable, match=r"comments\.jsonl 第 1 行：不是一条意见"):
        comments_of(store)


def test_the_next_version_says_which_comment_led_to_which_change(tmp_path: Path) -> None:
    first(tmp_path)
    store = tmp_path / "store" / "2025-city"
    for code, body in (("1.1.1", "太重"), ("1.1.3", "太轻"), ("2.1", "删去")):
        said(store, code, body)
    told = answers(
        tmp_path,
        "c1: {answer: accepted, reason: 有理, change: 'reweighted:1.1.1:city'}\n"
        "c2: {answer: partly, reason: 加一分, change: ['reweighted:1.1.3:city']}\n",
    )
    made = freeze(file_of(tmp_path, weight="16", other="6"), tmp_path / "store", on=DAY, by="张三", answers=told)
    assert made.record.answers == (
        Answer(comment="c1", decision=Decision.ACCEPTED, reason="有理", changes=("reweighted:1.1.1:city",)),
        Answer(comment="c2", decision=Decision.PARTLY, reason="加一分", changes=("reweighted:1.1.3:city",)),
    )
    assert [comment.id for comment in unanswered(store)] == ["c3"]
    steps = history(store)
    assert [change.ref for change in steps[1].changes] == ["reweighted:1.1.1:city", "reweighted:1.1.3:city"]
    text = "\n".join(history_lines(steps))
    assert "答复 c1（1.1.1，某市，2025-12-01）“太重”：采纳，见 reweighted:1.1.1:city。有理" in text
    assert "待答复 c3（2.1，某市，2025-12-01）“删去”" in text


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            "c1: {answer: accepted, reason: 有理, change: 'reweighted:1.1.3:city'}",
            "“reweighted:1.1.3:city”不在这一版与上一版",
        ),
        ("c1: {answer: accepted, reason: 有理}", "没有说明改了什么"),
        ("c1: {answer: declined, reason: 有理, change: 'reweighted:1.1.1:city'}", "没有采纳，却引了改动"),
        ("c1: {answer: declined, reason: ' '}", "没有写理由"),
        ("c9: {answer: declined, reason: 无此必要}", "没有编号为 c9 的意见"),
        ("c1: {answer: maybe, reason: 有理}", "不在允许的范围内"),
        ("c1: {answer: declined, reason: 有理, why: x}", "不认识“why”"),
        ("- c1", "应为"),
    ],
)
def test_an_answer_that_does_not_hold_freezes_nothing(tmp_path: Path, line: str, what: str) -> None:
    first(tmp_path)
    store = tmp_path / "store" / "2025-city"
    said(store, "1.1.1", "太重")
    with pytest.raises(UnusableFile, match=what) as caught:
        freeze(
            file_of(tmp_path, weight="16"),
            tmp_path / "store",
            on=DAY,
            by="张三",
            answers=answers(tmp_path, f"# 答复\n{line}\n"),
        )
    assert f"{tmp_path / 'answers.yaml'} 第 " in str(caught.value)
    assert versions_of(store) == [1]


def test_a_comment_is_answered_once(tmp_path: Path) -> None:
    first(tmp_path)
    said(tmp_path / "store" / "2025-city", "1.1.1", "太重")
    told = answers(tmp_path, "c1: {answer: declined, reason: 已议}\n")
    freeze(file_of(tmp_path, weight="16"), tmp_path / "store", on=DAY, by="张三", answers=told)
    with pytest.raises(UnusableFile, match="在以前的版本中已经答复"):
        freeze(file_of(tmp_path, weight="15"), tmp_path / "store", on=DAY, by="张三", answers=told)


def test_a_version_whose_ancestor_was_replaced_is_refused(tmp_path: Path) -> None:
    first(tmp_path)
    freeze(file_of(tmp_path, weight="16"), tmp_path / "store", on=DAY, by="张三")
    freeze(file_of(tmp_path, weight="15"), tmp_path / "other", on=DAY, by="张三")
    for name in ("1.json", "1.yaml"):
        (tmp_path / "store" / "2025-city" / name).write_bytes((tmp_path / "other" / "2025-city" / name).read_bytes())
    with pytest.raises(Unusable, match="所依据的第 1 版已不是当时的那一版"):
        load_version(tmp_path / "store" / "2025-city", 2)


def test_an_id_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.yaml"
    path.write_text(write(msgspec.structs.replace(CITY, id="../x")))
    with pytest.raises(Unusable, match="不能用作目录名"):
        freeze(path, tmp_path / "store", on=DAY, by="张三")


def test_the_commands_go_through_a_whole_round(tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from govgauge.cli.main import main; main()", "systems", *words]
        return subprocess.run(program, capture_output=True, text=True, check=False)

    store = tmp_path / "store"
    assert run("freeze", str(file_of(tmp_path)), "--into", str(store), "--by", "张三").returncode == 0
    where = str(store / "2025-city" / "1")
    told = run("comment", where, "--on", "1.1.1", "--by", "某市", "--text", "太重", "--date", "2025-12-01", "--json")
    assert json.loads(told.stdout) == {
        "id": "c1", "version": 1, "code": "1.1.1", "author": "某市", "body": "太重", "date": "2025-12-01",
    }  # fmt: skip
    assert "“太重”" in run("comments", where).stdout
    reply = answers(tmp_path, "c1: {answer: accepted, reason: 有理, change: 'reweighted:1.1.1:city'}\n")
    draft = str(file_of(tmp_path, weight="16"))
    made = run("freeze", draft, "--into", str(store), "--by", "张三", "--answers", str(reply), "--json")
    assert json.loads(made.stdout)["answers"][0]["comment"] == "c1"
    steps = json.loads(run("history", str(store / "2025-city"), "--json").stdout)
    assert [(step["version"], step["from"], len(step["comments"]), len(step["changes"])) for step in steps] == [
        (1, None, 1, 0),
        (2, 1, 0, 3),
    ]
    none = run("history", str(tmp_path))
    assert (none.returncode, "没有定过版" in none.stderr) == (2, True)
    assert "没有写明第几版" in run("comment", str(store), "--on", "1", "--by", "a", "--text", "b").stderr
