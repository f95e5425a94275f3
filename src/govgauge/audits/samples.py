"""Labelled samples: a small site in a file, and what must be found in it, nothing more.

A sample is a TOML file in an audit's `samples/` folder:

    title = "附件返回错误页"
    as_of = 2025-11-30            # optional, today's date of the assessment
    home = "http://www.a.gov.cn/" # optional, this is the default
    level = "city"                # optional
    outcome = "partial"           # optional: the outcome that is expected

    [params]                      # optional: parameters of the audit

    [facts]                       # optional: fields of SiteFacts
    [network]                     # optional: fields of NetworkFacts
    [[probes]]                    # optional: at, outcome, seconds

    [[pages]]                     # every response, in the order of the visit; the first is the home page
    url = "http://www.a.gov.cn/"  # default: the home page
    html = '''…'''                # short for body, content type text/html; wrapped into a page when it lacks <html>
    text = '''…'''                # short for an article page whose main text this is
    body = '''…'''                # bytes of an answer that is no page, as they are; state `content`
    status = 200                  # 0 for none
    failure = "timeout"           # a Failure; then seen twice unless seen = 1
    seen = 2
    content = "html"              # what the first bytes are (default: html for pages with html or text)
    purpose = "page"              # a Purpose
    depth = 1                     # default: 0 for the first page, else 1
    referrer = "…"                # where the URL was first seen; default: the home page
    headers = { "last-modified" = "…" }

    [[expect]]                    # every finding that must be found; none at all means: nothing may be flagged
    page = "…"
    target = "…"
"""

import tomllib
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from govgauge.audits.audit import Audit
from govgauge.audits.catalogue import params_of, run_inspect, run_judge
from govgauge.gather import urls
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.facts import NetworkFacts
from govgauge.outcomes import Finding, Result
from govgauge.structure.assemble import assemble
from govgauge.structure.model import PageReading, Probe, SiteFacts
from govgauge.structure.page import Page, ReadContext
from govgauge.structure.reading import read
from govgauge.structure.site import LinkUse
from govgauge.structure.targets import from_exchanges

HOME = "http://www.a.gov.cn/"
AS_OF = date(2025, 11, 30)
FIRST_SEEN = datetime(2025, 11, 30, 1, 0, tzinfo=UTC)


class SamplePage(Struct, forbid_unknown_fields=True):
    """A response of the sample's site."""

    url: str = ""
    html: str = ""
    text: str = ""
    body: str = ""
    status: int = 200
    failure: Failure | None = None
    seen: int = 2
    content: str = ""
    purpose: Purpose | None = None
    depth: int | None = None
    headers: dict[str, str] = {}
    title: str = ""
    referrer: str = ""


class Expected(Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that must be there."""

    page: str = HOME
    target: str = ""


class Sample(Struct, forbid_unknown_fields=True):
    """A small site with the truth about it."""

    title: str
    pages: list[SamplePage] = []
    expect: list[Expected] = []
    as_of: date = AS_OF
    home: str = HOME
    level: str = "city"
    outcome: str = ""
    params: dict[str, object] = {}
    facts: dict[str, object] = {}
    network: dict[str, object] = {}
    probes: list[Probe] = []


def load(path: Path) -> Sample:
    """Read a sample. Raises msgspec.ValidationError naming the field, tomllib.TOMLDecodeError naming the line."""
    with path.open("rb") as file:
        return msgspec.convert(tomllib.load(file), type=Sample, strict=False)


def judge(audit: Audit, sample: Sample) -> Result:
    """Read the sample's pages, assemble its site and judge it, exactly as a visit would."""
    params = params_of(audit, sample.params)
    context = ReadContext(home=sample.home, host=urls.host(sample.home), as_of=sample.as_of)
    bodies: dict[str, str] = {}
    exchanges: list[Exchange] = []
    readings: list[PageReading] = []
    observed: list[Finding] = []
    for number, entry in enumerate(sample.pages):
        body = _body(entry)
        made = _exchanges(entry, number, sample.home, body)
        exchanges += made
        if body:
            bodies[made[-1].final_url] = body.decode("utf-8", "replace")
        if body and made[-1].ok and made[-1].content == "html" and made[-1].purpose is not Purpose.PROBE:
            page = Page(made[-1], body, context)
            readings.append(read(page))
            observed += run_inspect(audit, page, params)
    site = assemble(
        _facts(sample, exchanges),
        readings,
        from_exchanges(exchanges),
        probes=tuple(sample.probes),
        network=msgspec.convert(sample.network, type=NetworkFacts),
        links=lambda: (LinkUse(reading.url, link) for reading in readings for link in reading.links),
        uses=lambda wanted, limit: _uses(readings, wanted, limit),
        text_of=lambda url: next((reading.text for reading in readings if reading.url == url), ""),
        html_of=lambda url: bodies.get(url, ""),
    )
    return run_judge(audit, site, params, observed)


def _facts(sample: Sample, exchanges: list[Exchange]) -> SiteFacts:
    first = exchanges[0] if exchanges else None
    defaults: dict[str, object] = {
        "home": sample.home,
        "host": urls.host(sample.home),
        "as_of": sample.as_of,
        "level": sample.level,
        "home_ok": first is None or first.ok,
        "home_failure": "" if first is None or first.failure is None else first.failure.value,
        "pages_visited": len(sample.pages),
    }
    return msgspec.convert({**defaults, **sample.facts}, type=SiteFacts)


def _body(entry: SamplePage) -> bytes:
    if entry.body:
        return entry.body.encode()
    if entry.text:
        paragraphs = "".join(f"<p>{line}</p>" for line in entry.text.strip().splitlines())
        title = entry.title or "关于有关工作的通知"
        return (
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1>"
            f"<div class='content'>{paragraphs}</div></body></html>"
        ).encode()
    if entry.html and "<html" not in entry.html:
        title = entry.title or "某市人民政府"
        return f"<html><head><title>{title}</title></head><body>{entry.html}</body></html>".encode()
    return entry.html.encode()


def _exchanges(entry: SamplePage, number: int, home: str, body: bytes) -> list[Exchange]:
    depth = entry.depth if entry.depth is not None else min(number, 1)
    failing = entry.failure is not None or entry.status >= 400 or entry.status == 0
    purpose = entry.purpose or (Purpose.HOME if number == 0 else Purpose.PAGE)
    headers = {"content-type": "text/html; charset=utf-8", **entry.headers} if body else entry.headers
    return [
        Exchange(
            url=entry.url or home,
            final_url=entry.url or home,
            purpose=purpose,
            status=0 if entry.failure and entry.failure is not Failure.BLOCKED else entry.status,
            headers=tuple(headers.items()),
            failure=entry.failure,
            started_at=(FIRST_SEEN + timedelta(minutes=10 * attempt, seconds=number)).isoformat(),
            size=len(body),
            sha256=sha256(body).hexdigest(),
            content=entry.content or ("html" if body else "empty"),
            depth=depth,
            attempt=attempt + 1,
            referrer="" if number == 0 else entry.referrer or home,
        )
        for attempt in range(entry.seen if failing else 1)
    ]


def _uses(readings: list[PageReading], wanted: set[str], limit: int) -> dict[str, list[LinkUse]]:
    found: dict[str, list[LinkUse]] = {}
    for reading in readings:
        for link in reading.links:
            if link.url in wanted and len(found.setdefault(link.url, [])) < limit:
                found[link.url].append(LinkUse(reading.url, link))
    return found
