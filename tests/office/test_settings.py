"""Settings of a round: what cannot be used is refused with the setting's name and what may stand there."""

import pytest

from govgauge.errors import Unusable
from govgauge.office.domain.settings import checked

REFUSED = [
    ({"rate": -1}, "设置 rate 不能用，应为数，0 至 1000"),
    ({"rate": "2"}, "设置 rate 不能用，应为数，0 至 1000"),
    ({"max_pages": -3}, "设置 max_pages 不能用，应为整数，1 至 1000000"),
    ({"max_pages": 1.5}, "设置 max_pages 不能用，应为整数，1 至 1000000"),
    ({"concurrency": 0}, "设置 concurrency 不能用，应为整数，1 至 64"),
    ({"max_seconds": -2}, "设置 max_seconds 不能用，应为数，1 至 604800"),
    ({"max_seconds": float("nan")}, "设置 max_seconds 不能用，应为数，1 至 604800"),
    ({"connect_to": ["zzz"]}, "设置 connect_to 不能用，应为列表，各项为主机:端口:主机2:端口2，如 "),
    ({"obey_robots": "yes"}, "设置 obey_robots 不能用，应为 true 或 false"),
    ({"shared_sites": "no"}, "设置 shared_sites 不能用，应为 refuse、allow 之一"),
    ({"speed": 1}, "没有设置 speed；可用：max_pages、max_seconds、"),
    ({"visits": {"count": 0}}, "设置 visits.count 不能用，应为整数，1 至 366"),
    ({"visits": {"often": 2}}, "没有设置 visits.often；可用：count、apart_hours"),
    ({"confirm": 3}, "设置 confirm 不能用，应为一组键值（apart_minutes、max_addresses），或 null"),
    ({"freshness": {"max_pages": 0}}, "设置 freshness.max_pages 不能用，应为整数，不小于 1"),
    ({"policy": {"decimals": 9}}, "设置 policy 不能用：decimals 应为 0 至 6"),
    ({"policy": {"coverage_floor": {"total": 3}}}, "覆盖率下限 3 不在 0 至 1 之间"),
    ({"monitoring": {"times_a_day": 1}}, "设置 monitoring 不能用：monitoring.times_a_day 应为 20 至 288"),
    ({"monitoring": {"until": "x"}}, "设置 monitoring.until 不能用，应为日期，如 2025-11-30，或 null"),
]


@pytest.mark.parametrize(("given", "said"), REFUSED)
def test_unusable_settings_are_refused_in_a_sentence(given: dict[str, object], said: str) -> None:
    with pytest.raises(Unusable) as refused:
        checked(given)
    assert str(refused.value).startswith(said)
    assert "Expected" not in str(refused.value)


def test_what_curl_takes_may_be_mapped() -> None:
    given = ["::127.0.0.1:8080", "a.gov.cn:80:[::1]:8080", "[::1]:443:b.gov.cn:"]
    assert checked({"connect_to": given, "rate": 0}).connect_to == tuple(given)
