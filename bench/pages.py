"""A site to measure with: pages of a set size with a set number of links, half of them in GBK."""

import random
from pathlib import Path

PAGES = 3000
PAGE_BYTES = 20_000
LINKS = 60
TREE = 4
"""Each page links to this many pages of its own, so that all can be reached; the other links go anywhere."""

SUBJECTS = [
    "市人民政府",
    "市发展改革委",
    "市教育局",
    "市财政局",
    "市民政局",
    "市卫生健康委",
    "市生态环境局",
    "市交通运输局",
    "市农业农村局",
    "市市场监管局",
]
VERBS = [
    "印发",
    "部署",
    "推进",
    "研究",
    "公布",
    "召开",
    "组织",
    "安排",
    "落实",
    "检查",
]
OBJECTS = [
    "优化营商环境工作方案",
    "政务公开要点",
    "安全生产专项行动",
    "基层医疗服务提升计划",
    "城乡居民养老保险办法",
    "防汛抗旱应急预案",
    "老旧小区改造年度计划",
    "义务教育招生工作意见",
    "乡村振兴重点任务",
    "数据资源共享管理制度",
]
COLUMNS = [
    "xwzx",
    "tzgg",
    "zcwj",
    "zcjd",
    "jggk",
    "ghjh",
    "tjxx",
    "czys",
    "rsxx",
    "cgzb",
]


def write(folder: Path, count: int = PAGES, seed: int = 1) -> None:
    """Write the site: `index.html` and `count - 1` further pages."""
    chance = random.Random(seed)
    names = [address(number) for number in range(count)]
    for number, name in enumerate(names):
        others = [child for child in range(number * TREE + 1, number * TREE + TREE + 1) if child < count]
        others += [chance.randrange(count) for _ in range(LINKS - len(others))]
        path = folder / name.lstrip("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(number, [names[other] for other in others], chance))


def address(number: int) -> str:
    """The path of a page."""
    if number == 0:
        return "/index.html"
    day = 1 + number % 28
    return (
        f"/{COLUMNS[number % len(COLUMNS)]}/2025{1 + number % 11:02d}/t2025{1 + number % 11:02d}{day:02d}_{number}.html"
    )


def page(number: int, links: list[str], chance: random.Random) -> bytes:
    """A page of `PAGE_BYTES` bytes, or a little more: GBK where the number is odd."""
    charset = "gbk" if number % 2 else "utf-8"
    title = f"{sentence(chance)}（第{number}号）"
    items = "\n".join(
        f'<li><a href="{link}" title="{sentence(chance)}">{sentence(chance)}</a><span>{day(place)}</span></li>'
        for place, link in enumerate(links)
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}-某某市人民政府</title>\n'
        f'<meta name="SiteName" content="某某市人民政府"><meta name="ArticleTitle" content="{title}">'
        f'<meta name="PubDate" content="{day(number)} 09:00"></head>\n'
        f'<body><div class="head"><h1>{title}</h1></div><div class="main"><div class="TRS_Editor">'
    )
    foot = (
        f'</div></div><ul class="list">\n{items}\n</ul>'
        '<div class="footer">主办：某某市人民政府办公室</div></body></html>\n'
    )
    body = []
    size = len((head + foot).encode(charset))
    while size < PAGE_BYTES:
        paragraph = f"<p>{''.join(sentence(chance) + '，' + sentence(chance) + '。' for _ in range(3))}</p>\n"
        body.append(paragraph)
        size += len(paragraph.encode(charset))
    return (head + "".join(body) + foot).encode(charset)


def day(number: int) -> str:
    """A day of 2025."""
    return f"2025-{1 + number % 11:02d}-{1 + number % 28:02d}"


def sentence(chance: random.Random) -> str:
    """A few official words."""
    return chance.choice(SUBJECTS) + chance.choice(VERBS) + f"{chance.randrange(2020, 2026)}年" + chance.choice(OBJECTS)
