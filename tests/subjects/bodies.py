"""A small list with everything that happens to bodies and their sites."""

from datetime import date

from govgauge.subjects.model import Channel, Group, Kind, Level, Outlet, Roster, Subject

MERGED = date(2021, 4, 9)
MOVED = date(2020, 5, 1)

ZHEJIANG = Subject("浙江省", Level.PROVINCE, Kind.PROVINCE, groups=("province",), region="浙江省", code="330000")
HANGZHOU = Subject("杭州市", Level.SUB_PROVINCE, Kind.CITY, "浙江省", ("city",), region="浙江省", code="330100")


def district(name: str, code: str = "", **more: object) -> Subject:
    return Subject(name, Level.COUNTY, Kind.DISTRICT, "浙江省/杭州市", ("county",), region="浙江省", code=code, **more)  # type: ignore[arg-type]


JIANGGAN = district("江干区", "330104", until=MERGED)
UPPER_OLD = district("旧上城区", "330102", until=MERGED)
UPPER = district(
    "上城区", "330102", since=MERGED, before=("浙江省/杭州市/江干区", "浙江省/杭州市/旧上城区"), aliases=("上城",)
)
WEST = district("西湖区", "330106")

OUTLETS = (
    Outlet(WEST.key, Channel.SITE, "http://www.xh.gov.cn/", "西湖区政府网", until=MOVED),
    Outlet(WEST.key, Channel.SITE, "https://www.hzxh.gov.cn/", "西湖区人民政府", since=MOVED),
    Outlet(WEST.key, Channel.WECHAT, "hzxihu", "西湖发布"),
    Outlet(UPPER.key, Channel.SITE, "https://www.hzsc.gov.cn/", since=MERGED),
)
GROUPS = (
    Group("local", "地方", system="2025-county", profile="county"),
    Group("province", "省", "local", "2025-province", "province"),
    Group("city", "市", "local", "2025-city", "city"),
    Group("county", "区县", "local"),
)
ROSTER = Roster(
    "example",
    groups=GROUPS,
    subjects=(ZHEJIANG, HANGZHOU, JIANGGAN, UPPER_OLD, UPPER, WEST),
    outlets=(OUTLETS[3], *OUTLETS[:3]),
)
