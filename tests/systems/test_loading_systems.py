"""A system's file is refused with file, line and remedy, or loaded whole."""

from decimal import Decimal
from pathlib import Path

import pytest

from govgauge.systems import library
from govgauge.systems.library import UnknownRuleSet, UnknownSystem
from govgauge.systems.loader import load
from govgauge.systems.source_text import UnusableFile

SOUND = """\
id: small
year: 2025
table: 小表
title: 小体系
source: {document: 某报告}
status: complete
profiles:
  - {id: city, title: 市}
  - {id: county, title: 县}
full_marks: 10
bonus_max: 2
indicators:
  - code: "1"
    name: 公开
    printed: {city: 8}
    children:
      - code: "1.1"
        name: 目录
        weights: {city: 5.5, county: null}
        checks:
          - {id: a, text: 有目录, share: 0.4, method: auto, audit: disclosure-catalogue, params: {most: 0.5, of: [1]}}
          - {id: b, text: 目录对, share: 0.6, method: manual}
      - code: "1.2"
        name: 文件
        weights: {city: 2.5, county: 8}
        checks:
          - {id: c, text: 有文件, share: 1, method: manual}
  - code: "2"
    name: 案例
    bonus: true
    weights: {city: 2, county: 2}
    checks:
      - {id: d, text: 入选, share: 1, method: vote}
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_sound_file_is_read_exactly(tmp_path: Path) -> None:
    system = load(written(tmp_path, SOUND))
    assert [(leaf.path, leaf.indicator.weights) for leaf in system.leaves()] == [
        (("公开", "目录", None), {"city": Decimal("5.5"), "county": None}),
        (("公开", "文件", None), {"city": Decimal("2.5"), "county": Decimal(8)}),
        (("案例", None, None), {"city": Decimal(2), "county": Decimal(2)}),
    ]
    assert system.indicators[0].weight("city") == Decimal("8.0")
    assert next(system.checks()).params == {"most": 0.5, "of": [1]}
    assert isinstance(next(system.checks()).params["most"], float)


BROKEN = [
    ("share: 0.4", "share: 0.3", 20, "份额合计为 0.9"),
    ("share: 0.4", "share: 0", 21, "份额为 0"),
    ("city: 5.5", "city: -5.5", 19, "小于 0"),
    ("audit: disclosure-catalogue", "audit: disclosure-catalog", 21, "是否指 disclosure-catalogue"),
    ("audit: disclosure-catalogue", "audit: zzz", 21, "用 govgauge audits list 查看全部"),
    ("method: auto, audit", "method: field, audit", 21, "改为 auto 或 assisted"),
    ("share: 0.6, method: manual", "share: 0.6, method: auto", 22, "却没有自动检查"),
    ("share: 0.6, method: manual", "share: 0.6, method: manual, params: {x: 1}", 22, "有参数"),
    ("share: 0.6, method: manual", "share: 0.6, method: manual, profiles: [town]", 22, "所限的权重档“town”不存在"),
    ("text: 有文件, share: 1", "text: 有文件, profiles: [city], share: 1", 26, "没有一个要点看这一档"),
    ("share: 0.6, method: manual", "share: 0.6, method: guess", 22, "不在允许的范围内"),
    ("name: 文件", "name: 目录", 24, "“公开 / 目录”出现了两次"),
    ('code: "1.2"', 'code: "1.1"', 23, "代码“1.1”用了两次"),
    ('code: "1.2"', "code: 1.2", 23, "文字加引号"),
    ("{id: b,", "{id: a,", 22, "要点编号“a”用了两次"),
    ("text: 目录对", 'text: " "', 22, "没有文字"),
    ("name: 文件", 'name: ""', 24, "没有名称"),
    ("{city: 5.5, county: null}", "{city: 5.5}", 19, "没有写“county”档的权重"),
    ("{city: 5.5, county: null}", "{city: 5.5, county: null, town: 1}", 19, "权重档“town”不存在"),
    ("printed: {city: 8}", "printed: {town: 8}", 15, "不是本体系的权重档"),
    ("    printed: {city: 8}", "    weights: {city: 8, county: 8}", 13, "又有自己的权重或要点"),
    ("{id: county, title: 县}", "{id: city, title: 县}", 7, "“city”写了 2 次"),
    ("full_marks: 10", "full_marks: 0", 10, "满分 0 不是正数"),
    ("bonus_max: 2", "bonus_max: -2", 11, "加分上限 -2 小于 0"),
    ("year: 2025", "year: 2025\nyear: 2026", 3, "写了两次"),
    ("year: 2025\n", "", 1, "缺少“year”"),
    ("title: 小体系", "title: 小体系\ntilte: x", 5, "不认识“tilte”"),
    ("        name: 目录\n", "        name: 目录\n        bonus: true\n", 19, "加分只标在一级指标上"),
    (
        "bonus_max: 2",
        "bonus_max: 2\ndefects:\n  - {code: '9', profile: x, printed: 1, computed: 2, place: p, text: t}",
        13,
        "“9”不存在",
    ),
    (
        "bonus_max: 2",
        "bonus_max: 2\ndefects:\n  - {code: '1', profile: x, printed: 1, computed: 2, place: p, text: t}",
        13,
        "“x”不存在",
    ),
    ("    bonus: true\n", "    bonus: true\n    best: 0\n", 31, "取最好的 0 个"),
    ("        name: 文件\n", "        name: 文件\n        best: 3\n", 25, "不是加分指标"),
    ("bonus_max: 2", "bonus_max: 2\ncounts: {level3: 4}", 12, "体系却不是概要"),
    ("year: 2025", "year: [2025", 3, "YAML 写法有误"),
    ("year: 2025", "year: 20\x0125", None, "YAML 不允许的字符"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "said"), BROKEN, ids=lambda value: str(value)[:30])
def test_a_fault_is_named_with_its_line_and_remedy(
    tmp_path: Path, right: str, wrong: str, line: int | None, said: str
) -> None:
    assert right in SOUND
    path = written(tmp_path, SOUND.replace(right, wrong, 1))
    with pytest.raises(UnusableFile) as caught:
        load(path)
    hits = [sentence for sentence in caught.value.sentences if said in sentence]
    assert hits, caught.value.sentences
    assert str(path) in hits[0]
    if line is not None:
        assert f"第 {line} 行" in hits[0]


def test_a_leaf_without_checks_is_named(tmp_path: Path) -> None:
    text = SOUND.replace("    checks:\n      - {id: d, text: 入选, share: 1, method: vote}\n", "")
    with pytest.raises(UnusableFile, match="“案例”没有评估要点"):
        load(written(tmp_path, text))


def test_a_system_without_profiles_and_indicators_is_refused(tmp_path: Path) -> None:
    head = SOUND.split("profiles:", maxsplit=1)[0]
    with pytest.raises(UnusableFile) as caught:
        load(written(tmp_path, f"{head}profiles: []\nfull_marks: 1\nbonus_max: 0\nindicators: []\n"))
    assert [sentence.split("：")[1] for sentence in caught.value.sentences] == [
        "没有权重档。至少写一个权重档。",
        "没有指标。至少写一个一级指标。",
    ]


def test_a_fourth_level_is_refused(tmp_path: Path) -> None:
    nest = 'children: [{code: "2.1", name: b, children: [{code: "2.1.1", name: c, children: ['
    leaf = (
        '{code: "2.1.1.1", name: d, weights: {city: 2, county: 2}, checks: [{id: d, text: t, share: 1, method: vote}]}'
    )
    text = SOUND.split("    weights: {city: 2, county: 2}", maxsplit=1)[0] + f"    {nest}{leaf}]}}]}}]\n"
    with pytest.raises(UnusableFile, match="最多 3 级"):
        load(written(tmp_path, text))


def test_an_outline_needs_neither_weights_nor_checks(tmp_path: Path) -> None:
    text = SOUND.split("indicators:", maxsplit=1)[0].replace("complete", "outline")
    path = written(tmp_path, text + 'indicators:\n  - {code: "1", name: 公开, counts: {level2: 4, level3: 15}}\n')
    assert [leaf.path for leaf in load(path).leaves()] == [("公开", None, None)]


def test_counts_of_an_outline_name_a_level_and_are_positive(tmp_path: Path) -> None:
    head = SOUND.split("indicators:", maxsplit=1)[0].replace("complete", "outline")
    rows = 'indicators:\n  - {code: "1", name: 公开}\n'
    assert load(written(tmp_path, f"{head}counts: {{level3: 44}}\n{rows}")).counts == {"level3": 44}
    for wrong in ("level4: 2", "level3: 0"):
        with pytest.raises(UnusableFile, match=f"“{wrong}”不可用"):
            load(written(tmp_path, f"{head}counts: {{{wrong}}}\n{rows}"))


def test_a_bonus_says_how_many_of_the_best_cases_count(tmp_path: Path) -> None:
    text = SOUND.replace("    bonus: true\n", "    bonus: true\n    best: 3\n")
    assert load(written(tmp_path, text)).indicators[1].best == 3


def test_a_file_in_gbk_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "gbk.yaml"
    path.write_bytes(SOUND.encode("gb18030"))
    with pytest.raises(UnusableFile, match="第 3 行：不是 UTF-8"):
        load(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="第 1 行：应为一组键值，写成了空"):
        load(written(tmp_path, ""))


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(UnusableFile, match="没有这个文件"):
            load(path)


def test_infinity_is_no_weight(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"“\.inf”不是有限的小数"):
        load(written(tmp_path, SOUND.replace("city: 5.5", "city: .inf")))


def test_an_unknown_id_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownSystem, match=r"没有名为“2025-citty”的指标体系。是否指 2025-city？现有：.*2025-city"):
        library.system("2025-citty")
    with pytest.raises(UnknownRuleSet, match="现有：census-2015、early-warning、inspection-2019"):
        library.rule_set("zzz")
