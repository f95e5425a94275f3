"""All that can be found, from what is public and from what the program brings: nothing else is read."""

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from urllib.parse import urlsplit

from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from govgauge.case_library import library as cases
from govgauge.case_library.model import Case
from govgauge.errors import Unusable
from govgauge.office.models import Publication, PublicationState, PublishedSubject
from govgauge.office.queries import publications
from govgauge.office.queries.chosen_cases import chosen_cases
from govgauge.systems import library as systems
from govgauge.systems.model import System
from govgauge.web.open_data.files import address_of
from govgauge.web.portal.reading import Reading
from govgauge.web.portal.search.entry import Entry, Kind

PAGES = {
    "portal-method": "portal/method.html",
    "portal-about": "portal/about.html",
    "portal-contact": "portal/contact.html",
    "portal-accessibility": "portal/accessibility.html",
    "portal-privacy": "portal/privacy.html",
}
"""Pages that only tell, each with its template."""
LISTS = {
    "portal-rounds": ("评估结果", "历次评估 名次 等级 排行榜 排名"),
    "portal-subjects": ("评估对象", "单位名单"),
    "portal-systems": ("指标体系", "指标 权重 评估要点 历年"),
    "case-library": ("案例库", "优秀创新案例"),
    "certificate-check": ("证书核验", "证书真伪 编号 查验"),
    "open-data": ("开放数据", "数据下载 接口 CSV JSON XLSX Parquet API 目录 数据字典"),
    "portal-site-map": ("网站地图", "站点地图 全部栏目 导航"),
    "scanner": ("我们如何访问网站", "访问者身份 频率 放行 IP 地址 扫描"),
}
ENGLISH = {"case-library": "Case library", "certificate-check": "Check a certificate"}
PART = 2000
BELOW = " · "
"""Between the bodies above one: of two named alike the higher one comes first."""
_TAG = re.compile(r"<[^>]+>")
_WHITE = re.compile(r"\s+")
_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>', re.DOTALL)


def entries() -> Iterator[Entry]:
    """In the order in which equals are listed."""
    with translation.override("zh-hans"):
        public = list(publications.public())
        for one in public:
            yield from _of_publication(one)
        yield from sorted(_subjects(public), key=lambda one: one.context.count(BELOW) + bool(one.context))
        yield from _lists()
        for name, template in PAGES.items():
            yield from _page(name, template)
        yield from _systems(public)
        yield from _cases()


def _of_publication(one: Publication) -> Iterator[Entry]:
    reading, year = Reading(one), one.as_of.year
    years, of = (year,), (one.pk,)
    groups = publications.groups(one)
    yield Entry(
        kind=Kind.ROUND,
        title=one.title,
        address=reading.address("portal-round"),
        others=(one.round.slug, f"{year}年评估结果"),
        body=f"{one.subjects} 个评估对象，截至 {one.as_of}。分组：{'、'.join(group.title for group in groups)}",
        years=years,
        publications=of,
    )
    for group in groups:
        address = reading.address("portal-group", group=group.place + 1)
        body = f"{group.members} 个评估对象的排名和等级"
        yield Entry(
            kind=Kind.GROUP,
            title=group.title,
            address=address,
            context=one.title,
            body=body,
            years=years,
            publications=of,
        )
    for document in publications.documents(one):
        address = address_of(one, document)
        context = f"{one.title} · {document.form.upper()}"
        yield Entry(
            kind=Kind.DOCUMENT, title=document.title, address=address, context=context, years=years, publications=of
        )


def _subjects(public: list[Publication]) -> Iterator[Entry]:
    """Bodies with all names that they have in what holds; the newest is the title."""
    newest_first = {one.pk: place for place, one in enumerate(public)}
    years = {one.pk: one.as_of.year for one in public}
    rows = PublishedSubject.objects.filter(publication__state=PublicationState.PUBLIC).order_by("subject_id")
    cells = rows.values_list("subject_id", "publication_id", "name", "parent", "url", "group__title", "subject__former")
    for number, found in groupby(cells.iterator(PART), key=lambda cell: cell[0]):
        lines = sorted((line for line in found if line[1] in years), key=lambda line: newest_first[line[1]])
        if not lines:
            continue
        title, parent = lines[0][2], lines[0][3]
        former = [key.rpartition("/")[2] for key in lines[0][6]]
        names = dict.fromkeys(line[2] for line in lines)
        others = [name for name in dict.fromkeys((*names, *former)) if name != title]
        places: dict[int, list[str]] = defaultdict(list)
        for line in lines:
            places[years[line[1]]].append(line[5])
        told = "；".join(f"{year} 年：{'、'.join(dict.fromkeys(groups))}" for year, groups in places.items())
        hosts = " ".join(dict.fromkeys(filter(None, (_host(line[4]) for line in lines))))
        yield Entry(
            kind=Kind.SUBJECT,
            title=title,
            address=reverse("portal-subject", args=[number]),
            context=parent.replace("/", BELOW),
            others=tuple(others),
            body=f"{told} {hosts}".strip(),
            years=tuple(sorted({years[line[1]] for line in lines}, reverse=True)),
            publications=tuple(sorted({line[1] for line in lines})),
        )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _lists() -> Iterator[Entry]:
    for name, (title, body) in LISTS.items():
        yield Entry(kind=Kind.PAGE, title=title, address=reverse(name), body=body, english=_english(title, name))
    address = reverse("portal-search")
    yield Entry(kind=Kind.PAGE, title=_("站内搜索"), address=address, body="查找 检索", english="Search")


def _english(title: str, name: str) -> str:
    if name in ENGLISH:
        return ENGLISH[name]
    with translation.override("en"):
        said = _(title)
    return said if said != title else ""


def _page(name: str, template: str) -> Iterator[Entry]:
    """A page, and each part of it that has a heading of its own."""
    title = _told(template, "title", "zh-hans")
    text = _told(template, "main", "zh-hans", plain=False)
    address = reverse(name)
    yield Entry(kind=Kind.PAGE, title=title, address=address, body=_plain(text), english=_told(template, "title", "en"))
    heads = list(_SECTION.finditer(text))
    for place, head in enumerate(heads):
        end = heads[place + 1].start() if place + 1 < len(heads) else len(text)
        yield Entry(
            kind=Kind.PAGE,
            title=_plain(head[2]),
            address=f"{address}#{head[1]}",
            context=title,
            body=_plain(text[head.end() : end]),
        )


def _told(template: str, block: str, language: str, *, plain: bool = True) -> str:
    """What a block of a template says to anybody."""
    from django.template import Context  # noqa: PLC0415

    loaded = get_template(template).template  # type: ignore[attr-defined]
    with translation.override(language):
        blocks = [node for node in loaded.nodelist.get_nodes_by_type(BlockNode) if node.name == block]
        context = Context({})
        with context.bind_template(loaded):
            said = "".join(node.nodelist.render(context) for node in blocks)
    return _plain(said) if plain else said


def _plain(text: str) -> str:
    return _WHITE.sub(" ", html.unescape(_TAG.sub(" ", text))).strip()


def _systems(public: Iterable[Publication]) -> Iterator[Entry]:
    known = systems.system_ids()
    for name in sorted(known, reverse=True):
        yield from _system(systems.system(name), reverse("portal-system", args=[name]), ())
    for one in public:
        try:
            used = publications.about(one).systems
        except Unusable:
            continue  # its files are not there: its pages say so
        for name, system in used.items():
            if name not in known:
                yield from _system(system, Reading(one).address("portal-round-system", system=name), (one.pk,))


def _system(system: System, address: str, of: tuple[int, ...]) -> Iterator[Entry]:
    years = (system.year,)
    tops = "、".join(one.name for one in system.indicators)
    yield Entry(
        kind=Kind.INDICATOR,
        title=system.title,
        address=address,
        context=f"{system.year} 年指标体系",
        others=(system.id,),
        body=f"{tops}。{system.source.document}",
        years=years,
        publications=of,
    )
    anchors = {one.code: f"{address}#top-{place}" for place, one in enumerate(system.indicators, start=1)}
    for one in system.indicators:
        below = "、".join(child.name for child in one.children)
        yield Entry(
            kind=Kind.INDICATOR,
            title=one.name,
            address=anchors[one.code],
            context=system.title,
            body=below,
            years=years,
            publications=of,
        )
    seen: set[tuple[str, str]] = set()
    for leaf in system.leaves():
        place = anchors[leaf.codes[0]]
        names = [name for name in leaf.path if name]
        for depth in range(1, len(names)):
            if (place, names[depth]) in seen:
                continue
            seen.add((place, names[depth]))
            context = " › ".join((system.title, *names[:depth]))
            is_leaf = depth == len(names) - 1
            body = " ".join(check.text for check in leaf.indicator.checks) if is_leaf else ""
            yield Entry(
                kind=Kind.INDICATOR,
                title=names[depth],
                address=place,
                context=context,
                body=body,
                years=years,
                publications=of,
            )
        context = " › ".join((system.title, *dict.fromkeys(names)))
        for check in leaf.indicator.checks:
            yield Entry(kind=Kind.CHECK, title=check.text, address=place, context=context, years=years, publications=of)


def _cases() -> Iterator[Entry]:
    for case in chosen_cases():
        yield _case(case, case.address or reverse("case-library-case", args=[case.id]))
    for case in cases.cases():
        yield _case(case, reverse("case-library-case", args=[case.id]))


def _case(case: Case, address: str) -> Entry:
    told = cases.description(case.id)
    capabilities = " ".join(one.zh for one in told.capabilities) if told else ""
    return Entry(
        kind=Kind.CASE,
        title=case.name,
        address=address,
        context=" · ".join(filter(None, (case.owner, f"{case.year} 年", *case.categories))),
        others=(case.owner,) if case.owner != case.name else (),
        body=" ".join(filter(None, (case.region, case.source, capabilities))),
        years=(case.year,),
    )
