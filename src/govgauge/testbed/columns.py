"""The usual columns of a portal and of a department, all in order: sites take away or spoil what they plant."""

from dataclasses import dataclass
from datetime import timedelta

from govgauge.testbed import bodies
from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.editor import Editor


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much stands in the columns of a site."""

    news: int = 24
    notices: int = 14
    policies: int = 6
    letters: int = 8
    guides: int = 4
    datasets: int = 3


def portal(editor: Editor, size: Size, *, word: str, leaders: tuple[str, ...]) -> list[Column]:
    """Columns of a people's government. `word` stands in document numbers (青政办)."""
    year = editor.as_of.year
    policies = library(editor, size, word=word)
    interpretations = editor.column("政策解读", "zcjd", "interpretation", on_home=True)
    interpret(editor, policies, interpretations)
    budget = editor.column("财政预决算", "czyjs", "budget")
    editor.yearly(budget, "{body}{year}年度部门决算公开说明", (year - 3, year - 2, year - 1), month=9)
    disclosure = editor.column(
        "政府信息公开",
        "zfxxgk",
        "disclosure",
        children=[
            editor.column("信息公开指南", "xxgkzn", body=bodies.disclosure_guide(editor.writer)),
            editor.column("信息公开目录", "xxgkml"),
            policies,
            interpretations,
            editor.column("规划计划", "ghjh", "plans", count=4),
            editor.column("统计信息", "tjxx", "statistics", count=8),
            budget,
            editor.column("人事信息", "rsxx", "personnel", count=5),
            editor.column("政府采购", "zfcg", "procurement", count=6),
            editor.column("建议提案办理", "jyta", "proposals", count=5),
            editor.column("行政许可", "xzxk", "enforcement", count=4),
            editor.column("行政处罚", "xzcf", "enforcement", count=4),
            editor.column("收费目录", "sfml", "notice", count=3),
            editor.column("政府会议", "zfhy", "news", count=4, newest=6),
            editor.column("重大决策预公开", "zdjc", "notice", count=3),
            editor.column("机构职能", "jgzn", body=bodies.institutions(editor.writer)),
            editor.column("领导之窗", "ldzc", body=bodies.leaders(editor.writer, leaders)),
            reports(editor),
            editor.column("依申请公开", "ysqgk", body=bodies.request_form()),
        ],
    )
    return [
        editor.column("政务要闻", "yw", "news", count=size.news, newest=2, on_home=True),
        editor.column("部门动态", "bmdt", "news", count=size.news * 2 // 3, newest=3, on_home=True),
        editor.column("通知公告", "tzgg", "notice", count=size.notices, on_home=True),
        disclosure,
        livelihood(editor),
        services(editor, size),
        open_data(editor, size),
        dialogue(editor, size),
        editor.column("专题专栏", "ztzl", "topics", count=3),
    ]


def livelihood(editor: Editor) -> Column:
    """The fields of people's livelihood that the indicator systems ask for."""
    names = {
        "jy": "教育",
        "shbz": "社会保障",
        "zfbz": "住房保障",
        "jycy": "就业创业",
        "ylfw": "养老服务",
        "sthj": "生态环境",
        "ylws": "医疗卫生",
        "aqsc": "安全生产",
        "spyp": "食品药品",
    }
    children = [editor.column(name, slug, "notice", count=3) for slug, name in names.items()]
    return editor.column("民生领域", "msly", "disclosure", children=children)


def department(editor: Editor, size: Size, *, word: str, leaders: tuple[str, ...]) -> list[Column]:
    """Columns of a department."""
    year = editor.as_of.year
    policies = library(editor, size, word=word)
    interpretations = editor.column("政策解读", "zcjd", "interpretation", on_home=True)
    interpret(editor, policies, interpretations)
    budget = editor.column("部门预决算", "bmyjs", "budget")
    editor.yearly(budget, "{body}{year}年度部门决算", (year - 2, year - 1), month=8)
    disclosure = editor.column(
        "政务公开",
        "zwgk",
        "disclosure",
        children=[
            editor.column("信息公开指南", "xxgkzn", body=bodies.disclosure_guide(editor.writer)),
            editor.column("信息公开目录", "xxgkml"),
            editor.column("机构职能", "jgzn", body=bodies.institutions(editor.writer)),
            editor.column("局领导", "jld", body=bodies.leaders(editor.writer, leaders)),
            policies,
            interpretations,
            editor.column("规划计划", "ghjh", "plans", count=3),
            budget,
            reports(editor),
            editor.column("依申请公开", "ysqgk", body=bodies.request_form()),
        ],
    )
    return [
        editor.column("工作动态", "gzdt", "news", count=size.news, newest=3, on_home=True),
        editor.column("通知公告", "tzgg", "notice", count=size.notices, on_home=True),
        disclosure,
        services(editor, size),
        dialogue(editor, size),
    ]


def library(editor: Editor, size: Size, *, word: str) -> Column:
    """A policy library with filters, its newest document a month old."""
    column = editor.column("政策文件", "zcwj", "policy", on_home=True)
    column.intro = bodies.LIBRARY_FILTERS
    age = 24
    for number in range(size.policies):
        day = editor.workday(editor.as_of - timedelta(days=age))
        editor.policy(column, day, word=word, serial=40 - number)
        age += editor.random.randint(18, 50)
    return column


def interpret(editor: Editor, policies: Column, interpretations: Column) -> None:
    """An interpretation for every second policy on the next day or so, the first one with a picture."""
    for number, policy in enumerate(policies.entries[::2]):
        day = policy.day + timedelta(days=1 if policy.day.weekday() < 4 else 3)
        editor.interpretation(interpretations, policy, day, picture="/images/tujie.png" if number == 0 else "")


def link_interpretations(policies: Column, interpretations: Column) -> list[tuple[Entry, Entry]]:
    """Link each interpretation and its policy to each other, once both have an address. Gives the pairs."""
    pairs = []
    for entry in interpretations.entries:
        name = entry.title.partition("《")[2].partition("》")[0]
        policy = next((known for known in policies.entries if name and name in known.title), None)
        if policy is not None:
            policy.related.append((entry.title, entry.path))
            entry.related.append((policy.title, policy.path))
            pairs.append((policy, entry))
    return pairs


def reports(editor: Editor) -> Column:
    """The disclosure reports of the last four years."""
    column = editor.column("信息公开年报", "xxgknb", "annual-report")
    last = editor.as_of.year - 1
    editor.yearly(column, "{body}{year}年政府信息公开工作年度报告", (last - 3, last - 2, last - 1, last))
    return column


def services(editor: Editor, size: Size) -> Column:
    column = editor.column("办事服务", "bsfw", "services", children=[editor.column("办事指南", "bszn", "guides")])
    for number in range(size.guides):
        editor.guide(column.children[0], editor.as_of - timedelta(days=90 + number * 31))
    return column


def open_data(editor: Editor, size: Size) -> Column:
    column = editor.column("数据开放", "sjkf", "open-data")
    for number in range(size.datasets):
        editor.dataset(column, editor.as_of - timedelta(days=3 + number * 2))
    return column


def dialogue(editor: Editor, size: Size) -> Column:
    """Mailbox with letters answered within a fortnight, consultations with their results, statistics of the letters."""
    mailbox = editor.column("领导信箱", "ldxx", "mailbox")
    mailbox.intro = '<p class="write"><a href="/letters/write.html">我要写信</a></p>'
    for number in range(size.letters):
        asked = editor.as_of - timedelta(days=20 + number * 17)
        editor.letter(mailbox, asked, asked + timedelta(days=editor.random.randint(2, 12)))
    surveys = editor.column("意见征集", "yjzj", "consultation")
    results = editor.column("结果反馈", "jgfk", "consultation")
    for age in (15, 120, 260):
        held = editor.consultation(surveys, editor.workday(editor.as_of - timedelta(days=age)), 30)
        if age > 60:
            editor.result(results, held, editor.workday(editor.as_of - timedelta(days=age - 45)))
    statistics = editor.column(
        "来信统计", "lxtj", "statistics", body=bodies.letter_statistics(editor.writer, editor.as_of.year)
    )
    return editor.column("政民互动", "zmhd", "mailbox", children=[mailbox, surveys, results, statistics])


def fill_catalogue(portal: Portal, *, without: tuple[str, ...] = ()) -> Column:
    """Make the table of the catalogue from the newest documents, once they have an address."""
    column = portal.column("xxgkml")
    listed = [*portal.column("zcwj").newest_first, *portal.column("tzgg").newest_first[:10]]
    column.body = bodies.catalogue(listed, without=without)
    return column
