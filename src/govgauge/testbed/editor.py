"""The editorial office of a simulated body: columns filled with entries on plausible days."""

from collections.abc import Sequence
from datetime import date, timedelta

from govgauge.testbed.content import Column, Entry
from govgauge.testbed.writer import Writer, chinese

RHYTHM = {
    "news": (1, 4),
    "notice": (4, 16),
    "policy": (9, 40),
    "interpretation": (12, 40),
    "statistics": (28, 33),
    "plans": (50, 80),
    "personnel": (15, 50),
    "procurement": (3, 14),
    "proposals": (5, 20),
    "enforcement": (6, 20),
    "emergency": (10, 40),
}
"""Days between two entries, from and to, by kind of column."""

PERIODS = ("季度", "半年", "年度")


class Editor:
    """Fills the columns of one body."""

    def __init__(self, writer: Writer, as_of: date) -> None:
        self.writer, self.as_of, self.random = writer, as_of, writer.random
        self._number = 0
        self._consulted: set[str] = set()

    def column(
        self,
        name: str,
        slug: str,
        kind: str = "news",
        *,
        count: int = 0,
        newest: int = -1,
        in_menu: bool = True,
        on_home: bool = False,
        children: Sequence[Column] = (),
        body: str = "",
    ) -> Column:
        """A column with `count` entries, the newest `newest` days old (default: as its rhythm has it)."""
        self._number += 1
        column = Column(
            name=name,
            slug=slug,
            kind=kind,
            number=11000 + self._number * 7,
            children=list(children),
            body=body,
            in_menu=in_menu,
            on_home=on_home,
        )
        for child in column.children:
            child.parent = column
        self.fill(column, count, newest)
        return column

    def fill(self, column: Column, count: int, newest: int = -1) -> None:
        """Add entries to a column, going back from the newest."""
        least, most = RHYTHM.get(column.kind, RHYTHM["notice"])
        age = newest if newest >= 0 else self.random.randint(1, max(2, min(most, 12)))
        for _ in range(count):
            column.entries.append(self.entry(column.kind, self.workday(self.as_of - timedelta(days=age))))
            age += self.random.randint(least, most)

    def workday(self, day: date) -> date:
        """The day itself, or the Friday before a weekend."""
        return day - timedelta(days=max(0, day.weekday() - 4))

    def entry(self, kind: str, day: date) -> Entry:
        """An article of that kind."""
        title, topic = self.writer.title(kind, day)
        paragraphs = self.writer.text(kind, topic, self.random.randint(3, 5))
        source = self.writer.office or self.writer.area_office(topic)
        return Entry(title=title, day=day, source=source, paragraphs=paragraphs, theme=topic.field.theme)

    def yearly(self, column: Column, form: str, years: Sequence[int], *, month: int = 1, day: int = 20) -> None:
        """One entry for each year; `form` names it with `{year}`, and it appears early in the next year."""
        for year in years:
            topic = self.writer.topic(date(year + 1, month, day))
            entry = Entry(
                title=self.writer.fill(form.replace("{year}", str(year)), topic),
                day=self.workday(date(year + 1, month, day)),
                source=self.writer.body,
                paragraphs=self.writer.text("plans", topic) + self.writer.text("statistics", topic, 2),
            )
            column.entries.append(entry)

    def policy(self, column: Column, day: date, *, word: str, serial: int, validity: str = "有效") -> Entry:
        """A normative document with its table of elements."""
        entry = self.entry("policy", day)
        written = self.workday(day - timedelta(days=self.random.randint(1, 6)))
        entry.sheet = [
            ("索引号", f"00{self.random.randint(1000, 9999)}/{day.year}-{serial:05d}"),
            ("主题分类", entry.theme),
            ("发文机关", self.writer.body),
            ("成文日期", f"{written.year}年{written.month}月{written.day}日"),
            ("标题", entry.title),
            ("发文字号", f"{word}〔{written.year}〕{serial}号"),
            ("发布日期", f"{day.year}年{day.month}月{day.day}日"),
            ("有效性", validity),
        ]
        column.entries.append(entry)
        return entry

    def interpretation(self, column: Column, policy: Entry, day: date, *, picture: str = "") -> Entry:
        """An interpretation of a policy; the two are linked by `link_interpretation` once both have an address."""
        topic = self.writer.topic(day)
        entry = Entry(
            title=f"《{_issued(policy.title)}》政策解读",
            day=day,
            source=self.writer.office or self.writer.area_office(topic),
            paragraphs=self.writer.text("interpretation", topic, 3),
            pictures=[picture] if picture else [],
        )
        column.entries.append(entry)
        return entry

    def letter(self, column: Column, asked: date, answered: date | None, *, answer: str = "") -> Entry:
        """A public message; without `answered` it is still open."""
        topic = self.writer.topic(asked)
        entry = Entry(title=f"关于{topic.town}{topic.work}的咨询", day=asked, hidden=True)
        told = answer or (
            f"您好，{topic.town}{topic.work}已列入今年计划，预计{self.random.randint(2, 9)}月底前完成，"
            f"届时将在现场张贴告示。如有疑问请拨打{self.writer.phone}。"
        )
        entry.sheet = [
            ("信件标题", entry.title),
            ("来信人", f"{self.random.choice('沈陆贺顾孟薛')}**"),
            ("来信时间", asked.isoformat()),
            ("来信内容", f"您好，我住在{topic.town}，请问{topic.work}什么时候开始，需要居民准备哪些材料？"),
            ("办理单位", self.writer.office or self.writer.area_office(topic)),
            ("办理状态", "已办结" if answered else "处理中"),
        ]
        if answered:
            entry.sheet += [("答复时间", answered.isoformat()), ("答复内容", told)]
        column.entries.append(entry)
        return entry

    def consultation(self, column: Column, opens: date, days: int) -> Entry:
        """A consultation that runs for so many days."""
        topic = self.writer.topic(opens)
        closes = opens + timedelta(days=days)
        while topic.work in self._consulted:
            topic = self.writer.topic(opens)
        self._consulted.add(topic.work)
        subject = f"{self.writer.area}{topic.work}管理办法（征求意见稿）"
        entry = Entry(
            title=f"关于公开征求《{subject}》意见的公告",
            day=opens,
            source=self.writer.body,
            sheet=[("征集主题", subject), ("开始时间", opens.isoformat()), ("结束时间", closes.isoformat())],
            paragraphs=[
                f"为规范{topic.work}，我们起草了《{subject}》，现向社会公开征求意见。",
                f"有关单位和个人可以将书面意见寄至{self.writer.body}，也可以致电{self.writer.phone}。",
            ],
        )
        column.entries.append(entry)
        return entry

    def result(self, column: Column, held: Entry, day: date) -> Entry:
        """The published result of a consultation."""
        subject = dict(held.sheet)["征集主题"]
        entry = Entry(
            title=f"《{subject}》征求意见情况反馈",
            day=day,
            source=self.writer.body,
            paragraphs=[
                f"《{subject}》公开征求意见期间，共收到意见{self.random.randint(6, 40)}条，其中采纳{self.random.randint(2, 5)}条。",
                "未采纳的意见主要涉及执行细节，将在日常工作中予以研究。",
            ],
        )
        column.entries.append(entry)
        return entry

    def guide(self, column: Column, day: date, *, without: Sequence[str] = ()) -> Entry:
        """A service guide; `without` names the labels that it lacks."""
        topic = self.writer.topic(day)
        name = f"{topic.work}{self.random.choice(['登记', '备案', '申请', '核准'])}"
        while any(entry.title == f"{name}办事指南" for entry in column.entries):
            topic = self.writer.topic(day)
            name = f"{topic.work}{self.random.choice(['登记', '备案', '申请', '核准'])}"
        rows = [
            ("事项名称", name),
            ("设定依据", f"《{self.writer.area}{topic.work}管理办法》第{chinese(self.random.randint(3, 19))}条"),
            ("申请条件", f"在{self.writer.area}行政区域内从事{topic.work}的单位和个人，手续齐全。"),
            ("办理材料", "1.申请表一份；2.身份证明复印件；3.场地证明材料。"),
            ("办理地点", f"{self.writer.area}政务服务中心二楼{self.random.randint(1, 30)}号窗口"),
            ("办理时间", "工作日上午9:00至12:00，下午13:30至17:00"),
            ("联系电话", self.writer.phone),
            ("办理流程", "申请人提交材料，窗口受理，科室审核，负责人批准，窗口发放结果。"),
            ("收费标准", "不收费"),
        ]
        entry = Entry(
            title=f"{name}办事指南", day=day, hidden=True, sheet=[row for row in rows if row[0] not in without]
        )
        column.entries.append(entry)
        return entry

    def dataset(
        self,
        column: Column,
        updated: date,
        *,
        frequency: str = "每月",
        formats: str = "CSV、JSON、XLSX",
        fields: bool = True,
    ) -> Entry:
        """A page of an open dataset."""
        topic = self.writer.topic(updated)
        name = f"{topic.town}{topic.work}信息"
        if any(entry.title == name for entry in column.entries):
            name = f"{name}（{updated.year}年{updated.month}月）"
        entry = Entry(
            title=name,
            day=updated,
            hidden=True,
            sheet=[
                ("数据集名称", name),
                ("数据提供方", self.writer.area_office(topic)),
                ("数据领域", topic.field.name),
                ("更新频率", frequency),
                ("更新时间", updated.isoformat()),
                ("数据格式", formats),
                ("开放属性", "无条件开放"),
                ("数据量", f"{self.random.randint(40, 9000)}条"),
            ],
        )
        if fields:
            entry.raw = (
                "<table class='fields'><tr><th>字段名称</th><th>字段类型</th><th>字段说明</th></tr>"
                "<tr><td>mc</td><td>字符型</td><td>登记名称</td></tr><tr><td>rq</td><td>日期型</td><td>登记日期</td></tr></table>"
            )
        column.entries.append(entry)
        return entry


def _issued(title: str) -> str:
    """The name of what a notice issues, else the title itself."""
    core = title.partition("关于印发")[2] or title
    return core.removesuffix("的通知")
