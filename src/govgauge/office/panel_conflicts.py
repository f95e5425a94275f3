"""Ties of experts to cases that records tell: own nominations, employer, region, domain of e-mail.

A name that is only near, or a domain that several bodies share, is a possible tie: a person decides about it.
"""

from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from govgauge.gather import urls
from govgauge.office.case_likeness import plain
from govgauge.office.case_rules import Nearness
from govgauge.office.domain.screening_rights import BY_NOMINATOR
from govgauge.office.models import Case, CaseStep, PanelExpert, TieKind

FREE_MAIL = frozenset(
    {
        *("qq.com", "vip.qq.com", "foxmail.com", "163.com", "vip.163.com", "126.com", "yeah.net", "188.com"),
        *("sina.com", "sina.cn", "sohu.com", "139.com", "189.cn", "wo.cn", "aliyun.com", "tom.com", "21cn.com"),
        *("gmail.com", "outlook.com", "hotmail.com", "live.com", "yahoo.com", "icloud.com"),
    }
)
"""Domains where anybody has an address: they tell nothing."""
SHARED_ENDS = frozenset({"com.cn", "net.cn", "org.cn", "edu.cn", "ac.cn", "gov.cn", "mil.cn"})
"""Ends below which bodies have names of their own."""
LEVELS = {Nearness.PROVINCE: 1, Nearness.CITY: 2, Nearness.COUNTY: 3}
"""How many names of a key must agree, the province first."""
SHORTEST_NAME = 4
"""Signs of a name that may be found inside another one."""


class FoundTie(Struct, frozen=True):
    """A tie by ids of expert and case."""

    expert: int
    case: int
    kind: TieKind
    is_certain: bool
    why: str


def found_ties(experts: Sequence[PanelExpert], cases: Sequence[Case], nearness: Nearness) -> Iterator[FoundTie]:
    """Every tie, at most one of a kind for an expert and a case."""
    nominated = _nominated(cases)
    for expert in experts:
        domain = own_domain(expert.person.email)
        for case in cases:
            for kind, told in (
                (TieKind.NOMINATED, (True, "本人推荐了这个案例") if (expert.person_id, case.pk) in nominated else None),
                (TieKind.EMPLOYER, of_employer(expert.employer, (case.owner, case.entry.name))),
                (TieKind.REGION, of_region(expert.region, case.entry.key, nearness)),
                (TieKind.DOMAIN, of_domain(domain, (case.url, case.entry.url, case.email))),
            ):
                if told is not None:
                    yield FoundTie(expert.pk, case.pk, kind, *told)


def of_employer(employer: str, bodies: Iterable[str]) -> tuple[bool, str] | None:
    """The same name is a certain tie; a name inside the other a possible one: a bureau of that city, or a namesake."""
    own = plain(employer)
    if not own:
        return None
    near = None
    for body in filter(None, bodies):
        other = plain(body)
        if own == other:
            return True, f"工作单位与案例单位“{body}”相同"
        shorter, longer = sorted((own, other), key=len)
        if len(shorter) >= SHORTEST_NAME and shorter in longer:
            near = (False, f"工作单位“{employer}”与案例单位“{body}”名称相近，可能有隶属关系")
    return near


def of_region(region: str, key: str, nearness: Nearness) -> tuple[bool, str] | None:
    """Whether both lie in the same county, city or province, as the round says; less told, nothing known."""
    depth = LEVELS.get(nearness, 0)
    own, other = ([part for part in text.split("/") if part] for text in (region, key))
    if not depth or not own or len(own) < depth or len(other) < depth or own[:depth] != other[:depth]:
        return None
    return True, f"所在地区与案例同属{'/'.join(own[:depth])}"


def of_domain(domain: str, told: Iterable[str]) -> tuple[bool, str] | None:
    """Whether an expert's mail comes from where the case or its body is. Schools and parks share hosts: possible only
    where it is not a government's own name."""
    if not domain:
        return None
    for one in filter(None, told):
        if domain == (own_domain(one) if "@" in one else domain_of(one)):
            return domain.endswith(".gov.cn"), f"邮箱域名 {domain} 与案例的网址或邮箱相同"
    return None


def own_domain(email: str) -> str:
    """The domain of an address that tells of an employer; empty for those where anybody has one."""
    host = email.rpartition("@")[2].strip().lower()
    return "" if host in FREE_MAIL else registered(host)


def domain_of(url: str) -> str:
    """The registered domain of a web address; empty where it has none."""
    return registered(urls.host(url) or "") if urlsplit(url).scheme in {"http", "https"} else ""


def registered(host: str) -> str:
    """What somebody registered: `sz.gov.cn` of `www.zwfw.sz.gov.cn`. Empty for what is no name."""
    parts = [part for part in host.lower().split(".") if part]
    if len(parts) < 2 or parts[-1].isdigit():
        return ""
    shared = ".".join(parts[-2:]) in SHARED_ENDS
    return ".".join(parts[-3:]) if shared and len(parts) > 2 else "" if shared else ".".join(parts[-2:])


def _nominated(cases: Sequence[Case]) -> set[tuple[int, int]]:
    steps = CaseStep.objects.filter(case__in=cases, kind__in=BY_NOMINATOR, by__isnull=False)
    found = set(steps.values_list("by_id", "case_id"))
    return found | {(case.nominated_by_id, case.pk) for case in cases if case.nominated_by_id}
