"""What an answer amounts to: its failure, its content, and the exchange that is kept of it."""

import string
from urllib.parse import quote

from msgspec.structs import replace

from govgauge.gather import blocking, failures, sniff, urls, wrong_content
from govgauge.gather.artifacts import Exchange, Failure, Purpose
from govgauge.gather.errand import Way
from govgauge.gather.plan import Limits
from govgauge.gather.transport import Answer

Headers = tuple[tuple[str, str], ...]

ALIKE_SHARE = 0.01
"""Pages of the same path on http and https differ in a time, a token, their own address: a hundredth of their bytes."""

_KEPT = string.punctuation + " "
"""Characters of a Location header that URL rules deal with themselves."""
_MAY_BE_EMPTY = frozenset({Purpose.EXTERNAL, Purpose.ROBOTS, Purpose.SITEMAP, Purpose.PROBE, Purpose.PART})


def verdict(way: Way, answer: Answer, lines: list[bytes], limits: Limits) -> tuple[Failure | None, str]:
    """The failure of an answer that is no redirect, with a word on it; no failure when it can be used."""
    if answer.code or not answer.status:
        return _network_verdict(way, answer)
    sign = blocking.sign(answer.status, lines, answer.body, whole=not answer.cut)
    if sign and way.errand.purpose is not Purpose.ROBOTS:
        return Failure.BLOCKED, sign
    if answer.cut and len(answer.body) >= limits.page_bytes > limits.head_bytes:
        bomb = answer.unpacked > limits.unpack_ratio
        return (Failure.BOMB if bomb else Failure.TOO_LARGE), f"more than {len(answer.body)} bytes"
    needs_body = way.errand.purpose not in _MAY_BE_EMPTY and not way.with_head
    if needs_body and not answer.body and 200 <= answer.status < 300:
        return Failure.EMPTY, "no byte of content"
    if way.errand.purpose is Purpose.HOME and not answer.cut and 200 <= answer.status < 300:
        return _home_verdict(way, answer, lines)
    return None, way.note


def _home_verdict(way: Way, answer: Answer, lines: list[bytes]) -> tuple[Failure | None, str]:
    """A page in the place of the home page is no home page of itself; a closed site may tell where it is now."""
    kind = content_type(lines)
    seen = wrong_content.sign(answer.body, kind)
    if seen == wrong_content.CLOSED:
        return Failure.CLOSED, wrong_content.new_address(answer.body, kind, way.url)
    return (Failure.WRONG_CONTENT, seen) if seen else (None, way.note)


def exchange(
    way: Way, answer: Answer, headers: Headers, failure: tuple[Failure | None, str], kept: tuple[int, str]
) -> Exchange:
    """The exchange that is kept of an answer. `kept`: offset of its record (-1: none) and SHA-256 of its body."""
    errand = way.errand
    offset, digest = kept
    shown = offset >= 0 and not way.with_head
    media_type = header(headers, "content-type").partition(";")[0].strip().lower()
    made = Exchange(
        url=errand.url,
        purpose=errand.purpose,
        final_url=way.url,
        status=answer.status,
        headers=headers,
        failure=failure[0],
        detail=failure[1],
        started_at=way.started_at,
        timings=answer.timings,
        peer=answer.peer,
        size=len(answer.body),
        truncated=answer.cut,
        content=sniff.content(answer.body, media_type) if shown else "",
        hops=tuple(way.hops),
        offset=offset,
        sha256=digest if shown else "",
        attempt=errand.attempt,
        depth=errand.depth,
        referrer=errand.referrer,
        order=errand.order,
    )
    return _with_true_purpose(made)


def again(there: Exchange, way: Way) -> Exchange:
    """The exchange of an errand whose answer another one brought: `there` had been where the way is now."""
    errand = way.errand
    known = [url for url, _ in there.hops]
    rest = there.hops[known.index(way.url) :] if way.url in known else ()
    made = replace(
        there,
        url=errand.url,
        purpose=errand.purpose,
        hops=(*way.hops, *rest),
        attempt=errand.attempt,
        depth=errand.depth,
        referrer=errand.referrer,
        order=errand.order,
    )
    return _with_true_purpose(made)


def are_alike(one: Exchange, other: Exchange) -> bool:
    """Whether two answers are the same page: the same bytes, or on another origin nearly the same number of them."""
    if not other.ok or one.content != other.content:
        return False
    near = abs(one.size - other.size) <= ALIKE_SHARE * max(one.size, other.size)
    return one.sha256 == other.sha256 or (near and urls.origin(one.final_url) != urls.origin(other.final_url))


def is_page(kept: Exchange) -> bool:
    """Whether an exchange brought a page of HTML that is to be read."""
    return kept.purpose in {Purpose.PAGE, Purpose.HOME} and kept.ok and kept.content == sniff.HTML


def header(headers: Headers, name: str) -> str:
    """Value of the first header of a name given in lower case; empty when there is none."""
    return next((value for key, value in headers if key.lower() == name), "")


def content_type(lines: list[bytes]) -> str:
    """Value of the Content-Type header; empty when there is none."""
    line = next((line for line in lines if line[:13].lower() == b"content-type:"), b"")
    return line[13:].strip().decode("latin-1")


def location(base: str, lines: list[bytes]) -> str:
    """The canonical URL that a redirect leads to; empty when it leads nowhere.

    Bytes beyond ASCII are escaped as they came, whatever their encoding, as browsers do.
    """
    line = next((line for line in lines if line[:9].lower() == b"location:"), b"")
    value = quote(line[9:].strip(), safe=_KEPT)
    target = urls.absolute(base, value) if value else None
    return target if target and urls.is_web(target) else ""


def _network_verdict(way: Way, answer: Answer) -> tuple[Failure | None, str]:
    """A page that twice came shorter than announced is what the server has: browsers show it."""
    if failures.is_short(answer.code) and answer.body and answer.status == 200 and way.errand.attempt > 1:
        return None, f"shorter than announced: {answer.detail}"
    return failures.of_answer(answer), answer.detail


def _with_true_purpose(kept: Exchange) -> Exchange:
    """A link that looked like one to a page may lead to a file: its purpose is that of the file."""
    if kept.purpose is not Purpose.PAGE or not kept.ok or kept.content not in sniff.FILES:
        return kept
    return replace(kept, purpose=Purpose.IMAGE if kept.content == sniff.IMAGE else Purpose.ATTACHMENT)
