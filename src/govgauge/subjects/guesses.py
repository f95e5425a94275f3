"""What a name tells where a table leaves level or kind out: by its ending, and none where that is not sure."""

from collections.abc import Mapping

from govgauge.subjects.model import Kind, Level

MUNICIPALITIES = frozenset({"北京市", "天津市", "上海市", "重庆市"})
ENDINGS: tuple[tuple[str, Kind], ...] = (
    ("经济技术开发区", Kind.ETDZ),
    ("高新技术产业开发区", Kind.HTDZ),
    ("生产建设兵团", Kind.CORPS),
    ("自治州", Kind.AUTONOMOUS_PREFECTURE),
    ("自治县", Kind.AUTONOMOUS_COUNTY),
    ("自治区", Kind.AUTONOMOUS_REGION),
    ("自治旗", Kind.BANNER),
    ("神农架林区", Kind.FOREST_DISTRICT),
    ("地区", Kind.REGION),
    ("省", Kind.PROVINCE),
    ("州", Kind.AUTONOMOUS_PREFECTURE),
    ("盟", Kind.LEAGUE),
    ("旗", Kind.BANNER),
    ("县", Kind.COUNTY),
    ("区", Kind.DISTRICT),
    ("市", Kind.CITY),
)
"""The first that fits holds."""
NO_DIVISIONS = (
    "开发区",
    "园区",
    "投资区",
    "示范区",
    "加工区",
    "保税区",
    "合作区",
    "试验区",
    "管理区",
    "度假区",
    "产业区",
    "风景区",
    "保护区",
    "自贸区",
)
"""Such a zone may be anything: its table must say what it is."""
LEVEL_OF_KIND: Mapping[Kind, Level] = {
    Kind.PROVINCE: Level.PROVINCE,
    Kind.AUTONOMOUS_REGION: Level.PROVINCE,
    Kind.MUNICIPALITY: Level.PROVINCE,
    Kind.CORPS: Level.PROVINCE,
    Kind.REGION: Level.PREFECTURE,
    Kind.AUTONOMOUS_PREFECTURE: Level.PREFECTURE,
    Kind.LEAGUE: Level.PREFECTURE,
    Kind.DISTRICT: Level.COUNTY,
    Kind.COUNTY: Level.COUNTY,
    Kind.AUTONOMOUS_COUNTY: Level.COUNTY,
    Kind.BANNER: Level.COUNTY,
    Kind.FOREST_DISTRICT: Level.COUNTY,
    Kind.ETDZ: Level.ZONE,
    Kind.HTDZ: Level.ZONE,
}


def kind_of(name: str) -> Kind | None:
    """What a body of that name is; None where its ending does not tell."""
    if name in MUNICIPALITIES:
        return Kind.MUNICIPALITY
    found = next((kind for ending, kind in ENDINGS if name.endswith(ending)), None)
    return None if found is Kind.DISTRICT and name.endswith(NO_DIVISIONS) else found


def level_of(kind: Kind, code: str) -> Level | None:
    """The level of such a body; that of a city only where its division code tells."""
    if kind is Kind.CITY and code:
        return Level.PREFECTURE if code.endswith("00") else Level.COUNTY
    return LEVEL_OF_KIND.get(kind)
