"""Test and placeholder text that was published by mistake."""

import re
from collections.abc import Iterator
from functools import lru_cache

from govgauge import lazy_re

LINE_CHARS = 30
"""Placeholders stand in a line of their own; a longer line is a sentence about something."""
WHOLE_LINE = lazy_re.compile(
    r"(?:(?:这|此)是?(?:里|处)?(?:是|为)?(?:一[条篇个])?(?:测试|示例|样例|演示)(?:用)?(?:的)?(?:内容|文章|数据|信息|标题|文字|栏目|页面|新闻|稿件)"
    r"|(?:测试){2,}\w{0,6}"
    r"|测试(?:标题|内容|文章|数据|栏目|信息|新闻|稿件|页面|文字|文档|一下|用|稿)[\dA-Za-z一二三四五]{0,4}"
    r"|(?:标题|内容|文章|新闻)测试[\dA-Za-z一二三四五]{0,4}"
    r"|test[\s_-]?\d{0,6}|test(?:test)+\d*|测试[\dA-Za-z]{1,6}|[\dA-Za-z]{1,6}测试"
    r"|(?:asdf|qwer|zxcv)\w{0,12}|(?:asd){2,}\w*|(?:sdf){2,}\w*"
    r"|(?:此处|这里|这儿)(?:是|为|填写|输入|放置?|显示|添加)(?:您?的)?(?:文章|正文|栏目|页面|网站)?(?:内容|标题|文字|简介|图片说明|描述|摘要)"
    r"|(?:标题){2,}\d*|(?:内容){2,}\d*|(?:标题文字)+|(?:文字){3,}"
    r"|lorem ipsum[\w\s,.]*)[。.！!…]*",
    re.IGNORECASE,
)
LATIN_FILLER = lazy_re.compile(r"lorem ipsum dolor[\w ,.]{0,20}", re.IGNORECASE)
BUILDING = lazy_re.compile(
    r"(?:[本该此]|当前)?(?:栏目|页面|网站|频道|功能|板块|模块|网页|内容|专栏|子站|系统)(?:正在|尚在|还在|在|处于)?(?:建设|完善|制作|开发|施工|整理|更新|更新维护)(?:之)?中"
    r"(?:[，,。！!.…\s]*(?:敬请期待|请稍[后候](?:访问|再来)?|敬请关注|暂未开放|谢谢关注?)?[。！!.…~～]*)?"
)
ASKING = lazy_re.compile(
    r"请(?:在此(?:处)?)?(?:输入|填写|编辑|录入)(?:文章|正文|栏目|新闻|页面|网站)?(?:标题|正文|内容|简介|摘要|描述|文字)"
)
FIELDS = lazy_re.compile(r"<(?:input|textarea|select|form)\b", re.IGNORECASE)
DRILL = lazy_re.compile(r"检测|考试|软件|性能|压力|能力|水平|体能|成绩|核酸|系统测试|联调|试运行|大纲|招聘|单元")
"""Subjects that are themselves about testing."""


def bare(line: str) -> str:
    """A line without the marks around it."""
    return line.strip(" 　·•-*>»◆■▪[]【】()（）")


def placeholders(lines: list[str], html: str) -> Iterator[str]:
    """Lines that are nothing but test or placeholder text."""
    for line in lines:
        words = bare(line)
        if not 2 <= len(words) <= LINE_CHARS:
            found = LATIN_FILLER.search(line)
            if found:
                yield found.group()
            continue
        if _is_placeholder(words) or (ASKING.fullmatch(words) and not FIELDS.search(html)):
            yield words


@lru_cache(10_000)
def _is_placeholder(words: str) -> bool:
    """Whether words of a line are test text or tell that something is being built. Most lines are on many pages."""
    tested = WHOLE_LINE.fullmatch(words) and not DRILL.search(words)
    return bool(tested or BUILDING.fullmatch(words))
