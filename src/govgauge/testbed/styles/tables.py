"""Made by hand in 2009: tables, font tags, a frame for the list on the home page, GB2312, upper-case tags."""

from govgauge.testbed.content import Column, Entry, Portal
from govgauge.testbed.styles import feet
from govgauge.testbed.styles.style import Style, ancestry, link


class Tables(Style):
    name = "手工表格"
    encoding = "gb2312"
    declared = ""
    per_page = 18
    sitemap_path = "/map.htm"
    privacy_path = "/yszc.htm"

    def column_path(self, column: Column) -> str:
        return f"/{column.slug}.htm"

    def paging_path(self, column: Column, number: int) -> str:
        return f"/{column.slug}{number}.htm"

    def entry_path(self, column: Column, entry: Entry, serial: int) -> str:
        return f"/{column.slug}/{(entry.address_day or entry.day):%y%m%d}-{serial}.htm"

    def home(self, portal: Portal) -> str:
        cells = ""
        for column in portal.all_columns():
            if column.on_home:
                rows = "".join(self._row(entry) for entry in column.newest_first[:8])
                cells += (
                    f'<TD valign="top" width="50%"><TABLE width="100%"><TR bgcolor="#cce0ff"><TD><B>{column.name}</B></TD>'
                    f'<TD align="right">{link(column.path, "更多...")}</TD></TR>{rows}</TABLE></TD>'
                )
        friends = "　".join(link(url, words) for words, url in portal.friends)
        return self._frame(
            portal,
            portal.name,
            f'<TABLE width="980" align="center"><TR>{cells}</TR><TR><TD colspan="2">{portal.home_markup}</TD></TR><TR><TD colspan="2">友情链接：{friends}</TD></TR></TABLE>',
        )

    def listing(self, portal: Portal, column: Column, entries: list[Entry], number: int, last: int) -> str:
        if column.body:
            inner = f"<TR><TD>{column.body}</TD></TR>"
        elif column.children and not column.entries:
            inner = "".join(f"<TR><TD>◇ {link(child.path, child.name)}</TD></TR>" for child in column.children)
        else:
            inner = "".join(self._row(entry) for entry in entries)
            before = (
                link(column.path if number == 2 else self.paging_path(column, number - 1), "上一页")
                if number > 1
                else ""
            )
            after = link(self.paging_path(column, number + 1), "下一页") if number < last else ""
            if last > 1:
                inner += f'<TR><TD colspan="2" align="center">第{number}页/共{last}页 {before} {after}</TD></TR>'
        return self._frame(
            portal,
            f"{column.name}--{portal.name}",
            f'<TABLE width="980" align="center"><TR><TD colspan="2">您的位置：{link("/", "首页")}-&gt;{self._line(column)}</TD></TR>{column.intro}{inner}</TABLE>',
        )

    def detail(self, portal: Portal, column: Column, entry: Entry) -> str:
        line = (
            ""
            if entry.hidden
            else f'<TR><TD align="center"><FONT size="2">[{entry.shown_day}]　来源：{entry.source}</FONT></TD></TR>'
        )
        sheet = "".join(f"<TR><TD width=120>{label}</TD><TD>{value}</TD></TR>" for label, value in entry.sheet)
        text = "".join(f"<P>　　{paragraph}</P>" for paragraph in entry.paragraphs)
        text += "".join(f'<P align="center"><IMG src="{path}"></P>' for path in entry.pictures)
        text += "".join(f"<P>{link(path, words)}</P>" for words, path in entry.files)
        text += "".join(f"<P>相关文件：{link(url, words)}</P>" for words, url in entry.related)
        table = f'<TABLE border="1" width="90%" align="center">{sheet}</TABLE>' if sheet else ""
        return self._frame(
            portal,
            f"{entry.title}",
            f'<TABLE width="980" align="center"><TR><TD>您的位置：{link("/", "首页")}-&gt;{self._line(column)}</TD></TR>'
            f'<TR><TD align="center"><FONT size="5"><B>{entry.title}</B></FONT></TD></TR>{line}<TR><TD>{table}<FONT size="3">{text}{entry.raw}</FONT></TD></TR></TABLE>',
        )

    def single(self, portal: Portal, title: str, markup: str) -> str:
        return self._frame(
            portal,
            f"{title}--{portal.name}",
            f'<TABLE width="980" align="center"><TR><TD><B>{title}</B></TD></TR><TR><TD>{markup}</TD></TR></TABLE>',
        )

    def _line(self, column: Column) -> str:
        return "-&gt;".join(link(one.path, one.name) for one in ancestry(column))

    def _row(self, entry: Entry) -> str:
        day = entry.listed_day
        return f'<TR><TD>· <A href="{entry.path}" target="_blank">{entry.title}</A></TD><TD width="100"><FONT color="#999999">({day.year}-{day.month}-{day.day})</FONT></TD></TR>'

    def _frame(self, portal: Portal, title: str, main: str) -> str:
        cells = "".join(
            f'<TD align="center"><A href="{column.path}"><FONT color="#ffffff">{column.name}</FONT></A></TD>'
            for column in portal.columns
            if column.in_menu
        )
        return (
            f'<HTML>\n<HEAD>\n<META http-equiv="Content-Type" content="text/html; charset=gb2312">\n<TITLE>{title}</TITLE>\n'
            f'<META name="GENERATOR" content="Microsoft FrontPage 4.0">{portal.head_markup}\n</HEAD>\n<BODY bgcolor="#ffffff" topmargin="0">\n'
            f'<TABLE width="980" align="center"><TR><TD><IMG src="/images/logo.png" alt="{portal.name}"></TD><TD align="right">{feet.tools(portal)}</TD></TR></TABLE>\n'
            f'<TABLE width="980" align="center" bgcolor="#1e5aa8"><TR><TD align="center"><A href="/"><FONT color="#ffffff">首页</FONT></A></TD>{cells}</TR></TABLE>\n'
            f"{main}\n{feet.foot(portal, sitemap=self.sitemap_path, privacy=self.privacy_path, table=True)}{feet.notice(portal)}\n</BODY>\n</HTML>\n"
        )
