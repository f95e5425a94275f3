"""Sieving links in parts gives what sieving all of them in order gives."""

from hypothesis import given
from hypothesis import strategies as st

from govgauge.assessment.first_uses import PLACES_KEPT, USES_KEPT, FirstUses
from govgauge.gather.artifacts import Link, LinkKind

LINKS = st.builds(
    Link, url=st.sampled_from(["a", "b"]), kind=st.just(LinkKind.A), text=st.sampled_from(list("一二三四五六七八"))
)
PAGES = st.lists(st.lists(LINKS, max_size=5), max_size=25)


def sieved(pages: dict[int, list[Link]]) -> list[tuple[int, Link]]:
    keeper = FirstUses()
    return [(order, link) for order, links in sorted(pages.items()) for link in keeper.sieve(links, order)]


@given(PAGES, st.data())
def test_processes_that_share_the_pages_lose_nothing(pages: list[list[Link]], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(pages))))
    keepers = (FirstUses(), FirstUses())
    kept = {place: keepers[data.draw(st.integers(0, 1))].sieve(pages[place], place) for place in order}
    assert sieved(kept) == sieved(dict(enumerate(pages)))


@given(PAGES)
def test_a_link_stands_on_its_first_pages_and_a_url_in_few_uses(pages: list[list[Link]]) -> None:
    found = sieved(dict(enumerate(pages)))
    for link in {link for _, link in found}:
        places = [place for place, links in enumerate(pages) if link in links]
        kept = [place for place, other in found if other == link]
        assert kept == places[: len(kept)]
        assert len(kept) <= PLACES_KEPT
    for url in "ab":
        every = {(place, link) for place, links in enumerate(pages) for link in links if link.url == url}
        uses = [use for use in found if use[1].url == url]
        assert len(uses) <= USES_KEPT
        assert uses or not every
