"""Commercial advertisements: scripts of advertising networks, and links that sell."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from govgauge import lazy_re
from govgauge.audits import verdict
from govgauge.audits.audit import Group, Meta
from govgauge.audits.audit import Params as BaseParams
from govgauge.gather import urls
from govgauge.gather.artifacts import Link, LinkKind, Purpose
from govgauge.outcomes import Fact, Finding, Result
from govgauge.structure.page import Page
from govgauge.structure.site import Site

_EMBEDDED = frozenset({LinkKind.SCRIPT, LinkKind.FRAME, LinkKind.IMG})
_CLICKED = frozenset({LinkKind.A, LinkKind.AREA})
_PUBLIC = (".gov.cn", ".edu.cn", ".org.cn", ".ac.cn", ".mil.cn", ".gov", "政务", "公益", "xn--zfr164b", "xn--55qw42g")
_SELLS = lazy_re.compile(
    r"抢购|秒杀|特卖|清仓|甩卖|包邮|买[一1二2两]送|满\d+减|领(?:取)?优惠券|限时(?:特惠|优惠|折扣|抢)|[一二三四五六七八九\d]折(?:起|优惠|促销)|特价(?:房|机票|酒店|促销)?|"
    r"全城(?:热销|热恋)|(?:盛大|火爆|火热|荣耀|隆重)(?:开盘|开业|认购|招商|加盟)|现房(?:发售|热销)|楼盘(?:热销|开盘|特惠)|房源热售|热销中|"
    r"(?:招商|连锁|诚招|免费)加盟|加盟(?:热线|费)|免费(?:试用装|领取试用)|官方旗舰店|天猫旗舰店|京东旗舰店|立即(?:购买|下单|抢购)|点击购买|广告位(?:招租|招商)|"
    r"(?:无痛|微创)人流|祛斑|丰胸|减肥(?:药|茶)|增高药|快速(?:贷款|放款)|低息贷款|信用贷款"
)
_NOT_SOLD = lazy_re.compile(
    r"消费券|惠民|助农|扶贫|帮扶|以旧换新|公告|通知|通报|查处|整治|提醒|警示|警惕|投诉|召回|抽检|案|骗|公积金|保障房|租赁补贴|政策|征集|听证|监测|处罚|采购|拍卖|招标"
)


class Params(BaseParams, frozen=True):
    """`words_chars`: longer words of a link are a headline, not an advertisement (characters).
    `kept_page`: findings kept of one page. `per_ad`: share of the value that an advertisement costs (own estimate)."""

    words_chars: int = 24
    kept_page: int = 10
    per_ad: float = 0.34


META = Meta(
    id="commercial-ad",
    version=2,
    group=Group.MARKS,
    needs=("facts",),
    params=Params,
    source="国办发〔2017〕47号《政府网站发展指引》：不得发布广告等经营性信息",
)


def inspect(page: Page, params: Params) -> Iterable[Finding]:
    """Parts loaded from advertising networks, and links to commercial sites whose words sell."""
    if page.exchange.purpose is Purpose.EXTERNAL:
        return []
    own = urls.owner_domain(page.url)
    found: dict[str, Finding] = {}
    for link in page.links_away:
        if link.kind in _EMBEDDED and _is_network(urls.host(link.url)):
            found.setdefault(link.url, _finding(page, link.url, "network", link.text))
        elif link.kind in _CLICKED and _advertises(link, own, params):
            found.setdefault(link.url, _finding(page, link.url, "selling-link", link.text))
    return list(found.values())[: params.kept_page]


def judge(site: Site, params: Params, observed: Sequence[Finding]) -> Result:
    """An advertisement of the template, and a network with all its parts, count once."""
    if not site.facts.home_ok:
        return verdict.not_observable(META, "首页没有打开，看不到是否有商业广告。")
    kept = verdict.template_fault(observed, at_most=1)
    return verdict.judged(META, kept, value=1 - params.per_ad * len(kept))


@lru_cache(65_536)
def sells(words: str) -> bool:
    """Whether the words of a link sell something. Public notices about prices, benefits and cases do not."""
    return bool(_SELLS.search(words)) and not _NOT_SOLD.search(words)


def _advertises(link: Link, own: str, params: Params) -> bool:
    if not 0 < len(link.text) <= params.words_chars or not sells(link.text):
        return False
    return _is_commercial(urls.host(link.url)) and urls.owner_domain(link.url) != own


def _finding(page: Page, url: str, slug: str, words: str) -> Finding:
    facts: dict[str, Fact] = {"words": words or url, "host": urls.host(url)}
    return Finding(audit=META.id, page=page.url, target=url, slug=slug, data=facts, excerpt=words)


@lru_cache(16_384)
def _is_commercial(host: str) -> bool:
    return bool(host) and not host.endswith(_PUBLIC) and not re.fullmatch(r"[\d.]+", host)


@lru_cache(16_384)
def _is_network(host: str) -> bool:
    labels = host.split(".")
    return any(".".join(labels[start:]) in _networks() for start in range(len(labels) - 1))


@cache
def _networks() -> frozenset[str]:
    lines = (Path(__file__).parent / "networks.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
