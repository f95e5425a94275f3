"""The world outside the simulated sites: public records, neighbours, and places that no government should link to."""

from collections.abc import Callable

from govgauge.testbed.model import Response

Answer = Callable[[str], Response]

PUBLIC = (
    "bszs.conac.cn",
    "dcs.conac.cn",
    "beian.miit.gov.cn",
    "www.beian.gov.cn",
    "beian.mps.gov.cn",
    "zfwzgl.www.gov.cn",
    "www.gov.cn",
    "weibo.com",
    "mp.weixin.qq.com",
)
"""Hosts of the real world that every site links to. The testbed answers in their stead: nothing leaves the machine."""

NEIGHBOURS = {
    "www.lanhu-province.test": "岚湖省人民政府",
    "zwfw.lanhu-province.test": "岚湖省政务服务网",
    "library.neighbour.test": "市图书馆",
    "daily.neighbour.test": "日报社",
    "hospital.neighbour.test": "市人民医院",
    "school.neighbour.test": "实验中学",
}

GONE = "gone.neighbour.test"
"""A neighbour whose pages answer 404."""
PARKED = "parked.test"
"""A domain that was given up and is for sale."""
EXPIRED = "expired.test"
"""A domain that was given up; it now leads to a service that sells domains."""
GAMBLING = "lucky-casino.test"
SHOP = "shop.test"
OLD_NEIGHBOUR = "moved.neighbour.test"
"""A neighbour that leads on to its new name."""


def hosts() -> dict[str, Answer]:
    """Every outside host with its answers."""
    known: dict[str, Answer] = {name: _plain(f"{name}") for name in PUBLIC}
    known |= {name: _plain(title) for name, title in NEIGHBOURS.items()}
    known[GONE] = lambda _path: Response(status=404, body=_page("404 Not Found", "<p>404 Not Found</p>"))
    known[PARKED] = _fixed(
        "该域名正在出售", "<h1>parked.test 域名正在出售</h1><p>有意购买请提交报价。</p><p>This domain is for sale.</p>"
    )
    known[EXPIRED] = lambda _path: Response(
        status=302, headers=(("Location", "http://www.hugedomains.com/expired.test"),)
    )
    known["www.hugedomains.com"] = _fixed(
        "expired.test is for sale", "<h1>expired.test</h1><p>This domain is for sale.</p>"
    )
    known[GAMBLING] = _fixed(
        "真人娱乐_百家乐_老虎机在线投注平台", "<h1>注册送彩金</h1>" + "<p>百家乐 老虎机 六合彩</p>" * 5
    )
    for name in ("baijiale88.test", "liuhe66.test"):
        known[name] = known[GAMBLING]
    known[SHOP] = _fixed("建材家具特卖商城", "<h1>建材家具特卖</h1><p>全场包邮，立即购买。</p>")
    known[OLD_NEIGHBOUR] = lambda _path: Response(status=301, headers=(("Location", "http://library.neighbour.test/"),))
    return known


def _plain(title: str) -> Answer:
    return _fixed(title, f"<h1>{title}</h1><p>这是{title}的首页。</p>" + "<p>欢迎访问，请从导航进入相关栏目。</p>" * 4)


def _fixed(title: str, markup: str) -> Answer:
    answer = Response(body=_page(title, markup))
    return lambda _path: answer


def _page(title: str, markup: str) -> bytes:
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head><body>{markup}</body></html>'.encode()
