"""Taking a picture of a page in a browser, with its title, time and hash: evidence for what a person saw."""

import hashlib
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.gather import resolver
from govgauge.gather.plan import user_agent

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Response

IMAGE, FACTS = "picture.jpg", "picture.json"
WIDTH, HEIGHT, LONGEST = 1280, 900, 6000
"""The window, and the longest picture, in pixels."""
QUALITY = 72
OPEN_MILLISECONDS = 30_000
REST_MILLISECONDS = 1_500
"""How long a page that has loaded is left to finish what its scripts do."""
PRIVATE_HOSTS = (
    *("localhost", "*.localhost", "127.*", "10.*", "192.168.*", "169.254.*", "0.*", "[::1]"),
    *(f"172.{number}.*" for number in range(16, 32)),
)
"""Names of this machine and of networks behind it: a page may not lead the browser there."""
NO_BROWSER = (
    "本机没有可用的浏览器，不能截图；请管理员安装 govgauge[browser] 和 chromium-headless-shell (no browser here)"
)


class Picture(Struct, frozen=True, kw_only=True):
    """A picture that was taken; `failure` says in a sentence why there is none. Times are UTC, ISO 8601."""

    address: str
    taken_at: str
    title: str = ""
    sha256: str = ""
    failure: str = ""


def take(address: str, folder: Path, connect_to: tuple[str, ...] = ()) -> Picture:
    """Take a picture into a folder. That a page does not open is told in it. Raises Unusable without a browser."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    try:
        from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - an optional part
    except ImportError:
        raise Unusable(NO_BROWSER) from None
    if program is None:
        raise Unusable(NO_BROWSER)
    refused = "" if connect_to else _refused(address)
    if refused:
        return _kept(folder, Picture(address=address, taken_at=_now(), failure=refused))
    arguments = ["--no-sandbox", f"--host-resolver-rules={_resolving(connect_to)}"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        try:
            context = browser.new_context(
                viewport={"width": WIDTH, "height": HEIGHT},
                locale="zh-CN",
                user_agent=user_agent(),
                ignore_https_errors=True,
                accept_downloads=False,
                service_workers="block",
            )
            return _kept(folder, _taken(context, address, folder, mapped=bool(connect_to)))
        except Error as error:
            said = error.message.splitlines()[0]
            return _kept(folder, Picture(address=address, taken_at=_now(), failure=f"网页没有打开：{said}"))
        finally:
            browser.close()


def read(folder: Path) -> Picture:
    """What is told of the picture in a folder."""
    return msgspec.json.decode((folder / FACTS).read_bytes(), type=Picture)


def _taken(context: "BrowserContext", address: str, folder: Path, *, mapped: bool) -> Picture:
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer) if answer.frame == page.main_frame else None)
    page.goto(address, timeout=OPEN_MILLISECONDS, wait_until="load")
    page.wait_for_timeout(REST_MILLISECONDS)
    if not mapped and any(_is_inside(answer) for answer in answers if answer.request.is_navigation_request()):
        return Picture(address=address, taken_at=_now(), failure="网页把浏览器引向内部地址，没有截图")
    height = page.evaluate(
        "Math.max(document.documentElement.scrollHeight, document.body ? document.body.scrollHeight : 0)"
    )
    clip = {"x": 0.0, "y": 0.0, "width": float(WIDTH), "height": float(min(max(height, HEIGHT), LONGEST))}
    taken_at = _now()
    image = page.screenshot(type="jpeg", quality=QUALITY, full_page=True, clip=clip)  # type: ignore[arg-type]
    (folder / IMAGE).write_bytes(image)
    return Picture(
        address=page.url, taken_at=taken_at, title=page.title()[:300], sha256=hashlib.sha256(image).hexdigest()
    )


def _is_inside(answer: "Response") -> bool:
    place = answer.server_addr()
    return place is not None and resolver.is_private(place["ipAddress"])


def _refused(address: str) -> str:
    """Why an address is not opened: pictures are taken of public pages alone."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "只能截取 http 或 https 网址"
    return "不能截取内部地址" if resolver.addresses(parts.hostname).private else ""


def _resolving(connect_to: tuple[str, ...]) -> str:
    """Chromium's rules for names: those of a mapping as curl's, else none that lead inside."""
    if not connect_to:
        return ", ".join(f"MAP {host} ~NOTFOUND" for host in PRIVATE_HOSTS)
    rules = []
    for one in connect_to:
        host, port, other, other_port = one.split(":", 3)
        rules.append(f"MAP {host or '*'}{f':{port}' if port else ''} {other}{f':{other_port}' if other_port else ''}")
    return ", ".join(rules)


def _kept(folder: Path, picture: Picture) -> Picture:
    (folder / FACTS).write_bytes(msgspec.json.encode(picture))
    return picture


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
