"""All that the page and the catalogue list: rounds, their versions, the tables of each, the files of each table."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from msgspec import Struct

from govgauge.office.models import Publication
from govgauge.office.open_data import making
from govgauge.office.open_data.found import Version, version_of, versions
from govgauge.reports.open_data.dictionary import Table, tables
from govgauge.reports.open_data.files import FORMATS, Format
from govgauge.reports.open_data.shown import names


class FileListed(Struct, frozen=True):
    """A file; size and checksum are None until it was made for the first time."""

    name: str
    form: Format
    path: str
    size: int | None
    sha256: str | None


class TableListed(Struct, frozen=True):
    """A table of a version."""

    words: Table
    rows: int | None
    files: tuple[FileListed, ...]


class VersionListed(Struct, frozen=True):
    """A version with its tables."""

    publication: Publication
    version: Version
    tables: tuple[TableListed, ...]

    @property
    def slug(self) -> str:
        return self.publication.round.slug

    @property
    def path(self) -> str:
        return reverse("open-data-version", args=[self.slug, str(self.publication.number)])

    @property
    def holds(self) -> bool:
        return self.publication.state == "public"

    @property
    def since(self) -> datetime | None:
        return self.publication.published_at


def everything() -> list[VersionListed]:
    """Every version that everybody may read, the newest first. Versions whose folder is gone are left out."""
    return [listed(one) for one in versions()]


def listed(publication: Publication) -> VersionListed:
    """One version."""
    version = version_of(publication)
    return VersionListed(publication, version, tuple(_table(version, name) for name in names(version.material)))


def _table(version: Version, name: str) -> TableListed:
    files, rows = [], None
    for ending, form in FORMATS.items():
        file = f"{name}.{ending}"
        made = making.made(version, file)
        rows = made.facts.rows if made else rows
        files.append(
            FileListed(
                name=file,
                form=form,
                path=reverse("open-data-file", args=[version.slug, str(version.number), file]),
                size=made.facts.size if made else None,
                sha256=made.facts.sha256 if made else None,
            )
        )
    return TableListed(tables()[name], rows, tuple(files))


def absolute(request: HttpRequest, path: str, **query: object) -> str:
    """An address as others write it; what is None is not asked for."""
    asked = {name: value for name, value in query.items() if value is not None}
    return request.build_absolute_uri(f"{path}?{urlencode(asked)}" if asked else path)
