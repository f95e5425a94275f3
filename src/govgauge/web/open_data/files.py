"""The files of a version at their lasting addresses: `/open-data/<round>/<version>/<file>`."""

import mimetypes
import time

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from govgauge.office.models import Publication, PublishedDocument
from govgauge.office.open_data import making
from govgauge.office.open_data.found import LATEST, NotThere, Version, version
from govgauge.office.open_data.licence import licence
from govgauge.office.open_data.making import Facts, Made
from govgauge.office.queries.publications import all_documents, documents
from govgauge.reports.about import ABOUT
from govgauge.reports.open_data.dictionary import NAMES, tables
from govgauge.reports.open_data.files import FORMATS
from govgauge.reports.open_data.shown import names
from govgauge.web.open_data.gate import open_to_all
from govgauge.web.open_data.metadata import csv_metadata
from govgauge.web.open_data.problems import Problem, untold
from govgauge.web.open_data.sending import Sent, moment, send, small

SUMS = "SHA256SUMS"
LARGEST = 2**62
METADATA = "-metadata.json"
ATTACHED = {"csv", "xlsx", "parquet"}
AGAIN_SECONDS, SOONEST_SECONDS, LATEST_SECONDS = 10, 2, 120
"""When to come again for a file that is being made: where nothing else is known, and the bounds of what is."""
CSV_TYPE = "text/csv; charset=utf-8; header=present"


@open_to_all
def show(request: HttpRequest, slug: str, version_name: str, name: str) -> HttpResponseBase:
    """A file; `latest` leads to the version that holds."""
    chosen = version(slug, version_name)
    if version_name == LATEST:
        redirect = HttpResponseRedirect(reverse("open-data-file", args=[slug, str(chosen.number), name]))
        redirect.headers["Cache-Control"] = "public, max-age=60"
        return redirect
    if name == SUMS:
        return _sums(request, chosen)
    if name.endswith(f".csv{METADATA}"):
        return _metadata(request, chosen, name.removesuffix(f".csv{METADATA}"))
    _check(chosen, name)
    return send(request, _sent(chosen, ready(chosen, name)))


@open_to_all
def show_report(request: HttpRequest, slug: str, version_name: str, name: str) -> HttpResponseBase:
    """The newest report of a kind and form (`general.pdf`); `latest` leads to the version that holds."""
    chosen = version(slug, version_name)
    if version_name == LATEST:
        redirect = HttpResponseRedirect(reverse("open-data-report", args=[slug, str(chosen.number), name]))
        redirect.headers["Cache-Control"] = "public, max-age=60"
        return redirect
    found = next((one for one in documents(chosen.publication) if named(one) == name), None)
    if found is None:
        raise NotThere("没有这份报告；请从这个版本的报告列表中选择 (no such report; choose from the version's list).")
    return _report(request, chosen, found)


@open_to_all
def show_document(request: HttpRequest, slug: str, version_name: str, number: int) -> HttpResponseBase:
    """One report as it was made, also when a newer one has taken its place."""
    chosen = version(slug, version_name)
    found = all_documents(chosen.publication).filter(pk=min(number, LARGEST)).first()
    if found is None:
        raise NotThere("没有这份报告；请从这个版本的报告列表中选择 (no such report; choose from the version's list).")
    return _report(request, chosen, found)


def named(document: PublishedDocument) -> str:
    """The name of a report in its address, whichever edition made it."""
    return f"{document.kind}.{document.form}"


def address_of(publication: Publication, document: PublishedDocument) -> str:
    """The one address of a report: there the newest of its kind and form is read."""
    return reverse("open-data-report", args=[publication.round.slug, str(publication.number), named(document)])


def _report(request: HttpRequest, chosen: Version, found: PublishedDocument) -> HttpResponseBase:
    path = chosen.material.folder / found.file
    if not path.is_file():
        raise NotThere("这份报告的文件不在原处，请稍后再试 (the file is not at its place; come again later).")
    made = Made(path, Facts(found.file, found.size, found.sha256))
    media_type = mimetypes.guess_type(found.file)[0] or "application/octet-stream"
    name = f"{chosen.slug}-{chosen.number}-{named(found)}"
    return send(request, Sent(made, name, media_type, found.made_at, attached=found.form != "pdf"))


def ready(chosen: Version, name: str, seconds: float | None = None) -> Made:
    """A file that is whole. Raises Problem when it takes too long to make."""
    made = making.wanted(chosen, name, settings.OPEN_DATA_WAIT_SECONDS if seconds is None else seconds)
    if made is None:
        raise _not_yet(making.how_far(chosen, name))
    return made


def _not_yet(far: making.HowFar | None) -> Problem:
    """A file is being made: how far it is, and when to come again."""
    again = AGAIN_SECONDS if far is None or far.seconds_left is None else far.seconds_left
    again = min(max(again, SOONEST_SECONDS), LATEST_SECONDS)
    zh = f"，已写好 {far.rows} 行中的 {far.done} 行" if far else ""
    en = f", {far.done} of {far.rows} rows are done" if far else ""
    return Problem(
        503,
        f"这个文件是第一次有人要，正在生成{zh} (nobody has asked for this file before; it is being made{en}).",
        f"请在 {again} 秒后再试 (come again in {again} seconds).",
        headers={"Retry-After": str(again)},
    )


def _check(chosen: Version, name: str) -> None:
    """Raise Problem where the version has no such file."""
    if name in making.file_names(chosen):
        return
    table, _dot, ending = name.partition(".")
    if table in NAMES and ending in FORMATS and table not in names(chosen.material):
        raise untold(tables()[table])
    raise Problem(
        404,
        f"没有这个文件；有 {ABOUT}、{SUMS} 和 {'、'.join(NAMES)} 各表的 {'、'.join(FORMATS)} "
        f"(no such file; there are {ABOUT}, {SUMS}, and the tables as {', '.join(FORMATS)}).",
        "请从 /open-data/ 的列表中选择 (choose from /open-data/).",
    )


def _sent(chosen: Version, made: Made) -> Sent:
    name = made.facts.name
    ending = name.rpartition(".")[2]
    links = [f'<{licence().address}>; rel="license"'] if licence().address else []
    if ending == "csv":
        links.append(f'<{name}{METADATA}>; rel="describedby"; type="application/csvm+json"')
    return Sent(
        made=made,
        name=f"{chosen.slug}-{chosen.number}-{name}",
        media_type=CSV_TYPE if ending == "csv" else FORMATS[ending].media_type,
        since=moment(chosen.publication.published_at),
        attached=ending in ATTACHED,
        links=tuple(links),
    )


def _sums(request: HttpRequest, chosen: Version) -> HttpResponseBase:
    """As `sha256sum -c` reads it: all files of the version."""
    ends, asked = time.monotonic() + settings.OPEN_DATA_WAIT_SECONDS, making.file_names(chosen)
    for name in asked:  # all of them are begun before one is waited for
        making.wanted(chosen, name, 0)
    lines = [f"{ready(chosen, name, max(0, ends - time.monotonic())).facts.sha256}  {name}\n" for name in asked]
    body = "".join(lines).encode("ascii")
    return small(request, body, "text/plain; charset=utf-8", since=chosen.publication.published_at)


def _metadata(request: HttpRequest, chosen: Version, table: str) -> HttpResponseBase:
    _check(chosen, f"{table}.csv")
    made = making.made(chosen, f"{table}.csv")
    told = csv_metadata(tables()[table], title=chosen.publication.title, rows=made.facts.rows if made else None)
    body = msgspec.json.format(msgspec.json.encode(told))
    return small(request, body, "application/csvm+json", since=chosen.publication.published_at)
