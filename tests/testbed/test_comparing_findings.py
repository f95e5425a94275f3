"""Comparing findings with the truth."""

from hypothesis import given
from hypothesis import strategies as st

from govgauge.testbed.compare import Score, compare
from govgauge.testbed.model import Planted

PAGE = "http://a.test/x.html"


def planted(audit: str, target: str, page: str = PAGE) -> Planted:
    return Planted(site="a", audit=audit, page=page, target=target)


def test_what_was_found_missed_and_wrongly_found_is_told_apart():
    truth = [planted("broken-link", "http://a.test/1"), planted("broken-link", "http://a.test/2")]
    found = {"a": [("broken-link", PAGE, "http://a.test/2"), ("broken-link", PAGE, "http://a.test/3")]}
    score = compare(truth, found, ["broken-link", "https"])[0]
    assert score == Score(
        audit="broken-link",
        planted=2,
        found=2,
        wrong=(("a", PAGE, "http://a.test/3"),),
        missed=(("a", PAGE, "http://a.test/1"),),
    )
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_an_excerpt_need_not_be_the_same_to_the_letter():
    score = compare([planted("text-noise", "{{title}}")], {"a": [("text-noise", PAGE, "…{{title}}…")]}, ["text-noise"])[
        0
    ]
    assert (score.wrong, score.missed) == ((), ())


def test_audits_without_any_fault_are_left_out():
    assert compare([], {"a": []}, ["https"]) == []


@given(st.lists(st.integers(0, 5)), st.lists(st.integers(0, 5)))
def test_shares_lie_between_nothing_and_all(truth, got):
    score = next(
        iter(
            compare(
                [planted("https", str(one)) for one in truth],
                {"a": [("https", PAGE, str(one)) for one in got]},
                ["https"],
            )
        ),
        None,
    )
    if score is None:
        assert not truth
        assert not got
        return
    for share in (score.precision, score.recall):
        assert share is None or 0 <= share <= 1
    assert (score.recall == 1) == (set(truth) <= set(got) and bool(truth))
