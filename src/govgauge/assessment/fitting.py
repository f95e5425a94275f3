"""Does the chosen system fit the body that the site names? A question to the reader, never a verdict."""

import re

from govgauge.systems.model import System

MUNICIPALITIES = ("北京", "上海", "天津", "重庆")
"""The four municipalities under the central government: they count as provinces."""
_SITE = re.compile(r"(?:官方|官|政务|门户|信息|公众|互联|公开|服务)*(?:网站|网页|网|首页|主页)+$")
"""What is put behind a body's name to name its site."""
_PARTS = re.compile(r"[-—–_|｜\s·,，、:：>»]+")
_TOWNSHIP = re.compile(r"(?:街道办事处|[乡镇](?:人民)?政府)$")
_ZONE = re.compile(r"(?:开发区|高新区|园区|保税区)$|(?:管委会|管理委员会)$")
_GOVERNMENT = re.compile(r"(?P<area>[\u4e00-\u9fff]+?)(?:人民政府|政府)(?:办公[厅室])?$")
_AREA = re.compile(r"(?P<area>[\u4e00-\u9fff]{2,8}[省市县旗州])$")
_DEPARTMENT = re.compile(r"(?:局|厅|委|委员会|办公室)$")
_CENTRAL = re.compile(
    r"^(?:中华人民共和国|国家|国务院|中国)[\u4e00-\u9fff]*(?:部|署|局|委|委员会|办公室)$|(?:总局|总署)$"
)
_LEVELS = (
    ("province", re.compile(r"省$|自治区$|建设兵团$")),
    ("county", re.compile(r"[县旗]$|(?<!地)(?<!行政)区$")),
    ("city", re.compile(r"[市州盟]$|地区$")),
)
NAMED = {
    "province": "省级政府门户网站",
    "city": "市级政府门户网站",
    "county": "区县政府门户网站",
    "ministry": "国务院部门网站",
    "department": "部门网站",
    "township": "乡镇、街道网站",
    "zone": "开发区、新区网站",
}
FITTING = {
    "province": {"province"},
    "municipality": {"province"},
    "city": {"city"},
    "county": {"county", "city"},
    "ministry": {"ministry"},
    "development-zone": {"zone"},
    "digital-government": {"province", "city"},
    "local": {"province", "city", "county"},
}
"""Kinds of bodies that a profile, or a system by its id behind the year, is meant for. Some cities rank as counties."""


def kinds_of_body(name: str) -> tuple[str, ...]:
    """Kinds of bodies that a site's name speaks of: keys of NAMED, in the order of the name."""
    kinds = (_kind(_SITE.sub("", part)) for part in _PARTS.split(name))
    return tuple(dict.fromkeys(kind for kind in kinds if kind))


def _kind(body: str) -> str:
    for kind, form in (("township", _TOWNSHIP), ("zone", _ZONE)):
        if form.search(body):
            return kind
    if _CENTRAL.search(body.removesuffix("政府")):
        return "ministry"
    if found := _GOVERNMENT.search(body) or _AREA.fullmatch(body):
        return _level(found["area"])
    return "department" if _DEPARTMENT.search(body) else ""


def _level(area: str) -> str:
    if area.removesuffix("市") in MUNICIPALITIES:
        return "province"
    return next((level for level, form in _LEVELS if form.search(area)), "")


def doubt(name: str, system: System, profile: str) -> str:
    """A question in Chinese when a site's name speaks of another kind of body than the system is for, else empty."""
    kinds = kinds_of_body(name)
    fitting = FITTING.get(profile) or FITTING.get(system.id.partition("-")[2])
    if not kinds or fitting is None or fitting.intersection(kinds):
        return ""
    return (
        f"指标体系是否选对了？网站名称“{name}”像是{NAMED[kinds[0]]}，而所选的“{system.title}”用于"
        f"{'、'.join(NAMED[one] for one in NAMED if one in fitting)}。如果选得不对，缺少某些栏目、得分偏低可能只是因为"
        f"体系不适用，得分仅供参考；可以用 --system、--profile 另选。"
    )
