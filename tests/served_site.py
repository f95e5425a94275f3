"""A small real site: three columns with articles, some in GBK, a dead link and a dead attachment."""

from http.server import SimpleHTTPRequestHandler
from pathlib import Path

NAV = "".join(
    f'<li><a href="/{path}/index.html">{name}</a></li>'
    for path, name in (("yw", "政务要闻"), ("tzgg", "通知公告"), ("zcwj", "政策文件"), ("ldzc", "领导之窗"))
)
FOOT = """<div class="footer"><p>主办单位：青禾市人民政府办公室 联系电话：0000-1234567</p>
<p>网站标识码：4104000017 豫ICP备12345678号-1 <a href="/sitemap.html">网站地图</a></p></div>"""


def page(title: str, main: str, charset: str = "utf-8") -> bytes:
    """A page of the small site: navigation, main part, foot."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{title}</title></head><body>'
        f'<div class="nav"><ul>{NAV}</ul></div><div class="main">{main}</div>{FOOT}</body></html>'
    ).encode(charset)


def build(root: Path) -> None:
    """Write the site: three columns with articles, one in GBK, one dead link, one dead attachment."""
    columns = {"yw": "政务要闻", "tzgg": "通知公告", "zcwj": "政策文件"}
    home = ""
    for path, name in columns.items():
        rows = ""
        for number in range(1, 6):
            day, title = f"2025-11-{10 + number:02d}", f"{name}第{number}期：全市重点工作推进情况通报"
            url = f"/{path}/202511/t202511{10 + number:02d}_{number}.html"
            rows += f'<li><a href="{url}">{title}</a><span>{day}</span></li>'
            text = f"<p>{name}第{number}期内容。各县区按照统一部署，认真落实各项任务，取得阶段性成效。</p>" * 4
            extra = '<p><a href="/files/lost.pdf">附件：实施方案.pdf</a></p>' if (path, number) == ("tzgg", 1) else ""
            body = (
                f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/{path}/index.html">{name}</a></div>'
                f"<h1>{title}</h1><div>发布时间：{day} 来源：市政府办公室</div>"
                f'<div class="content">{text}{extra}</div>'
            )
            file = root / url.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(page(title, body, "gbk" if path == "tzgg" else "utf-8"))
        crumbs = f'<div class="crumbs">当前位置：<a href="/">首页</a> &gt; {name}</div>'
        (root / path / "index.html").write_bytes(page(name, f'{crumbs}<ul class="list">{rows}</ul>'))
        home += f'<h3>{name} <a href="/{path}/index.html">更多</a></h3><ul>{rows}</ul>'
    (root / "ldzc").mkdir()
    (root / "ldzc/index.html").write_bytes(page("领导之窗", "<p>市长：张三，主持市政府全面工作。</p>" * 3))
    home += '<p><a href="/gone.html">已经打不开的网页</a></p>'
    (root / "index.html").write_bytes(page("青禾市人民政府", home))


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, *_args: object) -> None:
        """Say nothing."""
