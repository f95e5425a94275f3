"""The host is not a government domain, or not the one that its level asks for."""

from collections.abc import Sequence

from govgauge import lazy_re
from govgauge.audits import home_marks, verdict
from govgauge.audits.audit import Extent, Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.outcomes import Finding, Result
from govgauge.structure import site_names
from govgauge.structure.site import Site

GOVERNMENT_ENDINGS = ("gov.cn", "xn--zfr164b", "xn--zfr164b.cn", "政务", "政务.cn")
"""gov.cn and the Chinese ending 政务 (punycode xn--zfr164b), alone or under .cn."""

_ADDRESS = lazy_re.compile(r"[\d.]+|\[?[0-9a-f]*:[0-9a-f:.]*\]?")
_PORTAL_LEVELS = frozenset({"province", "city", "county"})
_LOCAL_LEVELS = frozenset({"province", "city", "county", "department"})


class Params(BaseParams, frozen=True):
    """`form_value`: value 0…1 of a gov.cn domain whose form is not that of its level (own estimate)."""

    form_value: float = 0.5


META = Meta(
    id="domain-name",
    version=1,
    group=Group.MARKS,
    extent=Extent.HOME,
    needs=home_marks.NEEDS,
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》，域名规范；国办函〔2018〕55号",
)


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:  # noqa: ARG001  # the contract of all audits
    """Portals live under www.<area>.gov.cn, departments under <dept>.<area>.gov.cn. Which of both a site is, its own
    name says; where it says neither, the form below gov.cn is not judged."""
    if not site.facts.home_ok:
        return verdict.not_observable(META, "首页没有打开，无法确认网站使用的域名。")
    host = site.facts.host.lower().rstrip(".")
    if _ADDRESS.fullmatch(host):
        return home_marks.missing(META, site, "address", target=host)
    if not any(host == ending or host.endswith(f".{ending}") for ending in GOVERNMENT_ENDINGS):
        return home_marks.missing(META, site, "not-government", target=host)
    slug = _level_fault(host, home_marks.marks_of(site).site_name, site.facts.level)
    if slug:
        return home_marks.missing(META, site, slug, target=host, value=params.form_value)
    return verdict.passed(META, {"host": host})


def _level_fault(host: str, name: str, level: str) -> str:
    if not host.endswith(".gov.cn"):
        return ""
    labels = host.removesuffix(".gov.cn").split(".")
    if level in _PORTAL_LEVELS and site_names.is_portal(name):
        return "portal-form" if len(labels) > 1 and labels[0] != "www" else ""
    if level in _LOCAL_LEVELS and site_names.is_local_department(name):
        return "department-form" if len(labels) == 1 or (len(labels) == 2 and labels[0] == "www") else ""
    return ""
