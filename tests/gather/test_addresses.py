"""References are remembered without being mistaken for one another."""

import pytest

from govgauge.gather import urls
from govgauge.gather.addresses import addresses

PAGES = (
    "http://a.gov.cn/x/1.html",
    "http://a.gov.cn/x/2.html",
    "http://a.gov.cn/y/1.html",
    "https://a.gov.cn/x/1.html",
)
HREFS = (
    "t1.html",
    "./t1.html",
    "../t1.html",
    "/t1.html",
    "//b.gov.cn/t1.html",
    "http://b.gov.cn/t1.html",
    "?page=2",
    "/s?q=公开",
    "s?q=公开",
    " /t1.html",
)


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_a_reference_means_on_every_page_what_it_would_mean_there_alone(encoding: str) -> None:
    for _ in range(2):
        for page in PAGES:
            address_of = addresses(page, encoding)
            assert [address_of(href) for href in HREFS] == [urls.absolute(page, href, encoding) for href in HREFS]


@pytest.mark.parametrize(
    "href", ["", " ", "#top", "javascript:;", "mailto:a@b.cn", "{stl.url}", "<%=url%>", "http://["]
)
def test_what_leads_to_no_page_has_no_address(href: str) -> None:
    address_of = addresses(PAGES[0], "utf-8")
    assert [address_of(href), address_of(href)] == ["", ""]
