"""report.html: one file that opens offline."""

from functools import cache
from pathlib import Path

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from govgauge.reports import words
from govgauge.reports.site_report import SiteReport

TEMPLATES = Path(__file__).parent / "templates"


def write(report: SiteReport, path: Path) -> None:
    """Lay a site's report out as one HTML file. Everything that came from the site is escaped."""
    path.write_text(_template().render(report=report, found=_island(report), words=words), encoding="utf-8")


def _island(report: SiteReport) -> Markup:
    """The findings as JSON for the script of the page; `<` is written so that no text can end the element."""
    titles = {todo.audit: {"title": todo.title, "why": todo.why, "fix": todo.fix} for todo in report.todo}
    data = msgspec.json.encode({"findings": report.findings, "audits": titles}).decode()
    return Markup(data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))  # noqa: S704


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["points"] = points
    environment.filters["web"] = web_only
    environment.globals["include_raw"] = lambda name: Markup((TEMPLATES / name).read_text(encoding="utf-8"))  # noqa: S704
    environment.globals["share"] = share
    return environment.get_template("site.html")


def share(value: float, full: float) -> float:
    """Per cent of full marks, for the length of a bar."""
    return round(min(100.0, max(0.0, 100 * value / full)), 2) if full else 0.0


def points(value: float, decimals: int = 2) -> str:
    """A score without trailing zeros; what is too small to show is said to be so."""
    least = 10**-decimals
    if 0 < value < least:
        return f"<{least:.{decimals}f}"
    text = f"{value:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def web_only(url: str) -> str:
    """The URL if it leads to the web, else nothing: what a page offers must not become a script here."""
    return url if url.startswith(("http://", "https://")) else ""
