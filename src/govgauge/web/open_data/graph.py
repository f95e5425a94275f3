"""The catalogue as statements (DCAT-AP 3): catalogue, publisher, one series a table, datasets, files, the interface.

How statements are written: `statements`. What they refer to: `named`.
"""

from datetime import date, datetime

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from govgauge.office.open_data.licence import licence
from govgauge.reports.open_data.dictionary import NAMES, Table, tables
from govgauge.web.open_data.listed import FileListed, TableListed, VersionListed, absolute
from govgauge.web.open_data.named import EU, named
from govgauge.web.open_data.statements import Node, Ref, Text, Typed, Value

MEDIA = "https://www.iana.org/assignments/media-types"
CSVW_STANDARD = "http://www.w3.org/ns/csvw"
SHA256 = "http://spdx.org/rdf/terms#checksumAlgorithm_sha256"

GOVERNMENT = Ref(f"{EU}/data-theme/GOVE")
KEYWORDS: list[Value] = [
    Text("政府网站", "zh"),
    Text("government websites", "en"),
    Text("数字政府", "zh"),
    Text("digital government", "en"),
]


def nodes(request: HttpRequest, versions: list[VersionListed]) -> list[Node]:
    """All nodes that have addresses: the catalogue first."""
    makers = _Makers(request, versions)
    datasets = [makers.dataset(one, table) for one in versions for table in one.tables]
    files = [makers.file(one, table, file) for one in versions for table in one.tables for file in table.files]
    listed = {table.words.name for one in versions for table in one.tables}
    series = [makers.series(tables()[name]) for name in NAMES if name in listed]
    found = [
        makers.catalogue(datasets, series),
        makers.publisher(),
        makers.service(datasets),
        *series,
        *datasets,
        *files,
    ]
    return [*found, *named(found)]


class _Makers:
    def __init__(self, request: HttpRequest, versions: list[VersionListed]) -> None:
        self._request = request
        self._versions = versions
        self._home = absolute(request, reverse("open-data"))
        self._api = absolute(request, "/api/v1/")
        newest = max((one.since for one in versions if one.since), default=None)
        self._changed = [_moment(newest)] if newest else []
        issuers = [one.version.material.about.issuer for one in versions]
        self._issuer = settings.SCANNER_ORGANISATION or next(filter(None, issuers), "评估办公室")

    def catalogue(self, datasets: list[Node], series: list[Node]) -> Node:
        first = min((one.since for one in self._versions if one.since), default=None)
        return Node(
            "dcat:Catalog",
            {
                "dct:title": _texts(
                    "政府网站与数字政府评估开放数据", "Open data of the assessment of government websites"
                ),
                "dct:description": _texts(
                    "历年评估公布的结果、指标得分、采集值和问题明细，每个版本的地址长期不变。",
                    "Results, indicators, answers and findings of every round; every version keeps its address.",
                ),
                "dct:publisher": [Ref(self._publisher)],
                "dct:language": _languages(),
                "dct:license": self._licence(),
                "foaf:homepage": [Ref(self._home)],
                "dct:spatial": [Ref(f"{EU}/country/CHN")],
                "dcat:themeTaxonomy": [Ref(f"{EU}/data-theme")],
                "dct:issued": [_moment(first)] if first else [],
                "dct:modified": self._changed,
                "dcat:dataset": [Ref(one.address) for one in (*series, *datasets)],
                "dcat:service": [Ref(self._api)],
            },
            absolute(self._request, f"{reverse('open-data')}#catalog"),
        )

    def publisher(self) -> Node:
        name: list[Value] = [Text(self._issuer, "zh")]
        return Node("foaf:Agent", {"foaf:name": name}, self._publisher)

    def service(self, datasets: list[Node]) -> Node:
        described = absolute(self._request, "/api/v1/openapi.json")
        return Node(
            "dcat:DataService",
            {
                "dct:title": _texts("评估数据接口", "Interface to the data of the assessment"),
                "dct:description": _texts(
                    "按分组、地区和对象读取各表，错误信息带解决办法。",
                    "The tables by group, region and subject; errors tell the remedy.",
                ),
                "dcat:endpointURL": [Ref(self._api)],
                "dcat:endpointDescription": [Ref(described)],
                "dct:conformsTo": [Ref("https://spec.openapis.org/oas/v3.1.0")],
                "dct:license": self._licence(),
                "dct:publisher": [Ref(self._publisher)],
                "dcat:theme": [GOVERNMENT],
                "dcat:keyword": KEYWORDS,
                "dcat:contactPoint": self._contact(),
                "dcat:servesDataset": [Ref(one.address) for one in datasets],
            },
            self._api,
        )

    def series(self, words: Table) -> Node:
        return Node(
            "dcat:DatasetSeries",
            {
                "dct:title": _texts(f"历年{words.zh}", f"{words.en} over the years"),
                "dct:description": _texts(words.note_zh, words.note_en),
                "dct:publisher": [Ref(self._publisher)],
                "dct:accrualPeriodicity": [Ref(f"{EU}/frequency/ANNUAL")],
                "dct:spatial": [Ref(f"{EU}/country/CHN")],
                "dct:temporal": self._years(words),
                "dcat:theme": [GOVERNMENT],
                "dcat:keyword": KEYWORDS,
                "dcat:contactPoint": self._contact(),
            },
            self._series(words),
            ("dcat:Dataset",),
        )

    def dataset(self, one: VersionListed, table: TableListed) -> Node:
        publication, words = one.publication, table.words
        number = str(publication.number)
        before = next(
            (
                other
                for other in self._versions
                if other.slug == one.slug and other.publication.number < publication.number
            ),
            None,
        )
        said: dict[str, list[Value]] = {
            "dct:title": _texts(f"{publication.title}：{words.zh}", f"{one.slug}: {words.en}"),
            "dct:description": _texts(words.note_zh, words.note_en),
            "dct:identifier": [Typed(f"{one.slug}/{number}/{words.name}", "xsd:string")],
            "dct:publisher": [Ref(self._publisher)],
            "dct:issued": [_moment(one.since)] if one.since else [],
            "dct:modified": [_moment(one.since)] if one.since else [],
            "dct:language": _languages(),
            "dct:spatial": [Ref(f"{EU}/country/CHN")],
            "dct:temporal": [_period(*_days(one))],
            "dct:accrualPeriodicity": [Ref(f"{EU}/frequency/ANNUAL")],
            "dct:accessRights": [Ref(f"{EU}/access-right/PUBLIC")],
            "dct:conformsTo": [Ref(absolute(self._request, reverse("open-data-dictionary")) + f"#{words.name}")],
            "dcat:theme": [GOVERNMENT],
            "dcat:keyword": KEYWORDS,
            "dcat:contactPoint": self._contact(),
            "dcat:version": [Typed(number, "xsd:string")],
            "adms:status": [Ref(f"{EU}/dataset-status/{'COMPLETED' if one.holds else 'DEPRECATED'}")],
            "dcat:inSeries": [Ref(self._series(words))],
            "dcat:landingPage": [Ref(absolute(self._request, one.path))],
            "dcat:distribution": [Ref(absolute(self._request, file.path)) for file in table.files],
        }
        if before and any(other.words.name == words.name for other in before.tables):
            said["dcat:previousVersion"] = [Ref(self._dataset(before, words))]
        return Node("dcat:Dataset", said, self._dataset(one, words))

    def file(self, one: VersionListed, table: TableListed, file: FileListed) -> Node:
        address = absolute(self._request, file.path)
        said: dict[str, list[Value]] = {
            "dct:title": _texts(f"{table.words.zh}（{file.form.title}）", f"{table.words.en} ({file.form.title})"),
            "dct:description": _texts(table.words.note_zh, table.words.note_en),
            "dcat:accessURL": [Ref(absolute(self._request, one.path))],
            "dcat:downloadURL": [Ref(address)],
            "dct:format": [Ref(f"{EU}/file-type/{file.form.title}")],
            "dcat:mediaType": [Ref(f"{MEDIA}/{file.form.media_type}")],
            "dct:license": self._licence(),
            "dct:issued": [_moment(one.since)] if one.since else [],
            "dcatap:availability": [Ref(f"{EU}/planned-availability/STABLE")],
            "dct:language": _languages(),
        }
        if file.form.title == "CSV":
            said["dct:conformsTo"] = [Ref(CSVW_STANDARD)]
        if file.size is not None and file.sha256:
            said["dcat:byteSize"] = [Typed(str(file.size), "xsd:nonNegativeInteger")]
            sums: dict[str, list[Value]] = {
                "spdx:algorithm": [Ref(SHA256)],
                "spdx:checksumValue": [Typed(file.sha256, "xsd:hexBinary")],
            }
            said["spdx:checksum"] = [Node("spdx:Checksum", sums)]
        return Node("dcat:Distribution", said, address)

    @property
    def _publisher(self) -> str:
        return absolute(self._request, f"{reverse('open-data')}#publisher")

    def _series(self, words: Table) -> str:
        return absolute(self._request, f"{reverse('open-data')}#series-{words.name}")

    def _dataset(self, one: VersionListed, words: Table) -> str:
        return absolute(self._request, f"{one.path}#{words.name}")

    def _years(self, words: Table) -> list[Value]:
        """From the first to the last day of which a version of a table tells."""
        periods = [_days(one) for one in self._versions if any(table.words == words for table in one.tables)]
        return [_period(min(first for first, _last in periods), max(last for _first, last in periods))]

    def _contact(self) -> list[Value]:
        """Where users of the data may write; nobody where the office names none."""
        said = settings.OPEN_DATA_CONTACT
        if not said:
            return []
        address = said if "://" in said or "@" not in said else f"mailto:{said}"
        how = "vcard:hasEmail" if address.startswith("mailto:") else "vcard:hasURL"
        return [Node("vcard:Kind", {"vcard:fn": [Text(self._issuer, "zh")], how: [Ref(address)]})]

    def _licence(self) -> list[Value]:
        return [Ref(licence().address)]


def _texts(zh: str, en: str) -> list[Value]:
    return [Text(zh, "zh"), Text(en, "en")]


def _languages() -> list[Value]:
    return [Ref(f"{EU}/language/ZHO")]


def _moment(value: datetime) -> Value:
    return Typed(value.isoformat(timespec="seconds"), "xsd:dateTime")


def _day(value: date) -> Value:
    return Typed(value.isoformat(), "xsd:date")


def _days(one: VersionListed) -> tuple[date, date]:
    """From the first day of the round's stages to the day as of which it was judged; that day alone without stages."""
    last = one.publication.as_of
    return min([*(stage.starts for stage in one.version.material.about.stages), last]), last


def _period(first: date, last: date) -> Node:
    return Node("dct:PeriodOfTime", {"dcat:startDate": [_day(first)], "dcat:endDate": [_day(last)]})
