"""Which words are wrong and which are not: sentence by sentence."""

import gzip
import json
from pathlib import Path

import pytest
import turbohtml

from govgauge.audits.wrong_word.confusions import wrong_writings
from govgauge.audits.wrong_word.knowledge import SPARE, knowledge
from govgauge.audits.wrong_word.long_terms import halves, long_terms
from govgauge.audits.wrong_word.near_miss import SLOT_CHARACTERS
from govgauge.audits.wrong_word.phrases import Phrases, packed
from govgauge.audits.wrong_word.reader import LineReader
from govgauge.audits.wrong_word.slips import middles
from govgauge.audits.wrong_word.watch import watch
from govgauge.structure.outline import Outline

SHARED = Path(__file__).parents[3] / "shared/data"

WRONG = [
    ("县政府召开坐谈会，对防汛工作进行再布署。", [("坐谈会", "座谈会"), ("布署", "部署")]),
    ("各单位要认真尊照执行，严历打击违法行为。", [("尊照执行", "遵照执行"), ("严历", "严厉")]),
    ("按装监控设备十二套。", [("按装", "安装")]),
    ("要坚决克服形式主意、官僚主意。", [("形式主意", "形式主义"), ("官僚主意", "官僚主义")]),
    ("对玩忽职首、徇私舞蔽的依法处理。", [("玩忽职首", "玩忽职守"), ("徇私舞蔽", "徇私舞弊")]),
    ("《中华人民共合国安全生产法》已经公布。", [("中华人民共合国", "中华人民共和国")]),
    ("习进平总书记发表重要讲话。", [("习进平总书记", "习近平总书记")]),
    ("学习贯彻十九届九中全会精神。", [("十九届九中全会", "十九届中央委员会没有第九次全体会议")]),
    ("增强“三个意识”、坚定“四个自信”。", [("三个意识", "四个意识")]),
    ("培育自由、平等、公正、法制的价值取向。", [("法制", "法治")]),
    ("来自日本、韩国、台湾等国家，共二十人。", [("台湾等国家", "等国家和地区")]),
    ("由内蒙古省农牧厅负责。", [("内蒙古省", "内蒙古自治区")]),
    ("请登陆系统后下载。", [("请登陆", "请登录")]),
    ("截止目前，已完成投资三亿元。", [("截止目前", "截至目前")]),
    ("矿产资原开发必须依法进行。", [("矿产资原", "矿产资源")]),
    ("优状元教育培训积构以他人名义租赁场地。", [("积构", "机构")]),
    ("那里沟壑纵横、寸早不生。", [("寸早不生", "寸草不生")]),
    ("经检疫合格的的生猪产品方可出厂。", [("的的", "的")]),
]
RIGHT = [
    "这是一份严肃的庄严历史责任，要配合做好各项工作。",
    "企业以及个体工商户自己经营，坚持以经济建设为中心。",
    "调整和资源配置相结合，依法聘请社会义务监督员。",
    "台风在沿海登陆，登陆后强度减弱，部队进行登陆作战演练。",
    "市生态环境局发布署名文章。",
    "报名截止时间为2021年3月1日，报名截止后不再受理。",
    "截至2021年3月底，全市完成造林三万亩。",
    "张雷明、程延重、丁文学出席会议，衣某某被依法逮捕。",
    "推进依法治林，对幼树伐根进行检尺登记。",
    "推行“多评合一”“一窗受理”，网红直播带货火爆。",
    "美国、日本、台湾、香港等国家和地区的专家参加会议。",
    "目的的实现要靠大家，这的的确确是一件好事。",
    "他为了了解情况，凡是是否合格有争议的都去走访。",
    "集体经济组织组织开展造林绿化。",
    "党的十九届五中全会、十八届三中全会作出重要部署。",
    "清光绪十年新疆建省，新疆省首任巡抚为刘锦棠。",
    "干部要严以修身、严以用权、严以律己，严于律己是共产党员的本分。",
    "加强法制宣传教育，推进法治政府建设。",
    "“按装”应为“安装”，“布署”是错别字。",
    "做出贡献、作出贡献，帐户、账户，其它、其他，交纳、缴纳。",
    "こちらは坐谈会のご案内です。",
    "臺灣學者談經濟發展與坐谈会的關係問題。",
    "中华人民共和国残疾人证、公民身份号码。",
    "把纪律挺在前面，脱贫摘帽后不摘责任、不摘政策。",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(hit.wrong, hit.right) for _line, hit in LineReader().read([text])]


@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_what_is_wrong_is_found_with_what_was_meant(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_line_is_remembered_with_its_faults() -> None:
    reader = LineReader()
    lines = ["召开坐谈会", "开展活动"]
    assert list(reader.read(lines)) == list(reader.read(lines)) != []


def test_core_values_on_lines_of_their_own_are_read_together() -> None:
    lines = ["爱国", "敬业", "诚信", "友爱"]
    assert [(line, hit.wrong, hit.right) for line, hit in LineReader().read(lines)] == [("友爱", "友爱", "友善")]


def test_a_place_is_the_same_behind_characters_that_take_two_units() -> None:
    assert [(hit.start, hit.wrong) for _line, hit in LineReader().read(["𠮷𠮷：召开坐谈会"])] == [(5, "坐谈会")]


def test_a_session_far_inside_a_line_is_read_with_its_congress() -> None:
    assert found("认真学习领会有关文件，" * 9 + "深入贯彻党的十九届五中全会精神，" + "统筹抓好各项工作，" * 9) == []


def test_a_fault_among_traditional_characters_is_left_alone_on_its_line_only() -> None:
    lines = ["臺灣學者談經濟發展與坐谈会的關係問題。", "县政府召开坐谈会。"]
    assert [(line, hit.wrong) for line, hit in LineReader().read(lines)] == [(lines[1], "坐谈会")]


def test_every_well_known_wrong_writing_is_looked_at() -> None:
    unseen = []
    for wrong in wrong_writings():
        places = watch().doubtful(watch().numbers_of(wrong))
        if not any(wrong[place : place + 2] in watch().confusions for place in places):
            unseen.append(wrong)
    assert unseen == []
    assert watch().numbers.max() <= len(knowledge().characters) + SPARE


def test_the_filter_was_compiled_from_the_long_terms_as_they_are() -> None:
    missed = []
    for term in long_terms():
        for place in range(1, len(term) - 1):
            wrong = min(knowledge().alike(term[place]).keys() - SLOT_CHARACTERS, default="")
            if wrong and not all(offset <= place < offset + len(half) for offset, half in halves(term)):
                written = term[:place] + wrong + term[place + 1 :]
                if place not in middles(knowledge().slips, watch().numbers_of(written)):
                    missed.append(written)
    assert missed == []


def test_packed_phrases_are_found_whole_and_nothing_else_is() -> None:
    words = ["安全生产", "安全生产法", "安居乐业", "国泰民安"]
    phrases = Phrases(packed(words))
    assert [word in phrases for word in [*words, "安全生", "全生产法", ""]] == [True] * 4 + [False] * 3
    assert phrases.longest("关于安全生产法的", 2, 6, 4) == 5
    assert phrases.longest("关于安全生产法的", 3, 5, 4) == 0


@pytest.mark.real
def test_policies_of_the_state_council_have_no_wrong_word() -> None:
    path = SHARED / "policies/state-council.jsonl.gz"
    if not path.exists():
        pytest.skip("the policies are not here")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        pages = [json.loads(line)["html"] for line in file]
    lines = [line for page in pages for line in Outline(turbohtml.parse(page, positions=False), "").visible.split("\n")]
    assert [hit for _line, hit in LineReader().read(lines)] == []


@pytest.mark.real
def test_official_sentences_give_right_findings_only() -> None:
    path = SHARED / "wrong-words/official-writing.tsv"
    if not path.exists():
        pytest.skip("the sentences are not here")
    reader = LineReader()
    hits = right = faulty = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        _count, written, meant = line.split("\t")
        if len(written) != len(meant):
            continue
        faulty += written != meant
        for _line, hit in reader.read([written]):
            hits += 1
            right += written[hit.start : hit.start + len(hit.wrong)] != meant[hit.start : hit.start + len(hit.wrong)]
    assert right / hits >= 0.98
    assert hits / faulty >= 0.24
