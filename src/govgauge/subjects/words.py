"""Words of tables: levels, kinds and channels as they are written in Chinese, and read in either language."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from govgauge.subjects.model import Channel, Kind, Level

LEVELS = {
    Level.CENTRAL: "中央",
    Level.PROVINCE: "省级",
    Level.SUB_PROVINCE: "副省级",
    Level.PREFECTURE: "地级",
    Level.COUNTY: "县级",
    Level.ZONE: "开发区",
}
KINDS = {
    Kind.DEPARTMENT: "部门",
    Kind.INSTITUTION: "事业单位",
    Kind.PROVINCE: "省",
    Kind.AUTONOMOUS_REGION: "自治区",
    Kind.MUNICIPALITY: "直辖市",
    Kind.CORPS: "兵团",
    Kind.CITY: "市",
    Kind.REGION: "地区",
    Kind.AUTONOMOUS_PREFECTURE: "自治州",
    Kind.LEAGUE: "盟",
    Kind.DISTRICT: "市辖区",
    Kind.COUNTY: "县",
    Kind.AUTONOMOUS_COUNTY: "自治县",
    Kind.BANNER: "旗",
    Kind.FOREST_DISTRICT: "林区",
    Kind.NEW_AREA: "功能区",
    Kind.ETDZ: "经开区",
    Kind.HTDZ: "高新区",
    Kind.OTHER: "其他",
}
CHANNELS = {
    Channel.SITE: "网站",
    Channel.WECHAT: "微信",
    Channel.WEIBO: "微博",
    Channel.APP: "客户端",
    Channel.MINI_PROGRAM: "小程序",
    Channel.VIDEO: "短视频",
    Channel.OTHER: "其他",
}

W = TypeVar("W", bound=StrEnum)


def readings(words: Mapping[W, str]) -> dict[str, W]:
    """By every way of writing it: the Chinese word and that of the code."""
    return {said: word for word, chinese in words.items() for said in (chinese, word.value)}


LEVEL_OF = readings(LEVELS)
KIND_OF = readings(KINDS)
CHANNEL_OF = readings(CHANNELS)
