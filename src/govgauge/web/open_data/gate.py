"""The gate of open data: for everybody and every origin, within limits, and never without an answer in its form."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from govgauge.errors import Unusable
from govgauge.office.open_data.found import NotThere, Withdrawn
from govgauge.web.access import address_of
from govgauge.web.open_data import limits, problems
from govgauge.web.open_data.problems import Problem

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
METHODS = "GET, HEAD, OPTIONS"
SHOWN = (
    "ETag, Last-Modified, Content-Length, Content-Range, Accept-Ranges, Content-Disposition, Link, Repr-Digest, "
    "Retry-After"
)
"""Headers that scripts of other origins may read."""
ASKED = "If-None-Match, If-Modified-Since, If-Range, Range, Accept, Accept-Language"
DAY = 86_400
LOG = logging.getLogger("django.request")


def open_to_all(view: View[P]) -> View[P]:
    """The mark of an address of open data."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = _answered(request, lambda: view(request, *args, **kwargs))
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SHOWN
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return _bodiless(response) if request.method == "OPTIONS" else response

    return asked


def _answered(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    try:
        if request.method == "OPTIONS":
            return _preflight()
        _within_limits(request)
        if request.method not in {"GET", "HEAD"}:
            raise Problem(
                405,
                "开放数据只供读取 (open data can only be read).",
                "请用 GET 或 HEAD 方法 (use GET or HEAD).",
                headers={"Allow": METHODS},
            )
        return _headless(request, view)
    except Problem as problem:
        return problems.answer(request, problem)
    except Withdrawn as gone:
        return problems.answer(request, _gone(gone))
    except NotThere as missing:
        return problems.answer(request, Problem(404, str(missing), LIST))
    except Http404:
        return problems.answer(request, Problem(404, "没有这个地址或编号 (no such address or number).", LIST))
    except (Unusable, OSError):
        LOG.exception("open data: %s", request.path)
        fault = "这部分数据暂时读不出来 (these data cannot be read now)."
        again = "请稍后再试；一直不行请告诉评估办公室 (try again later, or tell the office)."
        return problems.answer(request, Problem(503, fault, again, headers={"Retry-After": "60"}))
    except Exception:
        LOG.exception("open data: %s", request.path)
        fault = "程序出了错，已记录 (a fault of ours; it was noted)."
        return problems.answer(request, Problem(500, fault, "请稍后再试 (try again later)."))


LIST = "全部数据见 /open-data/，接口说明见 /open-data/api/ (all data: /open-data/; the interface: /open-data/api/)."


def _headless(request: HttpRequest, view: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """HEAD is answered as GET, without the body."""
    if request.method != "HEAD":
        return view()
    request.method = "GET"
    try:
        response = view()
    finally:
        request.method = "HEAD"
    if not response.streaming:
        response.headers.setdefault("Content-Length", str(len(response.content)))  # type: ignore[attr-defined]
    return _bodiless(response)


def _bodiless(response: HttpResponseBase) -> HttpResponse:
    """The same head without a body."""
    made = HttpResponse(status=response.status_code)
    made.headers.pop("Content-Type", None)
    for name, value in response.headers.items():
        made.headers[name] = value
    response.close()
    return made


def _preflight() -> HttpResponse:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": ASKED,
        "Access-Control-Max-Age": str(DAY),
    }
    return HttpResponse(status=204, headers=headers)


def _within_limits(request: HttpRequest) -> None:
    count = limits.counted(address_of(request))
    if count.asked > settings.OPEN_DATA_PER_MINUTE:
        raise Problem(
            429,
            f"这个网络地址一分钟内的请求超过了 {settings.OPEN_DATA_PER_MINUTE} 次 "
            f"(more than {settings.OPEN_DATA_PER_MINUTE} requests in a minute from this address).",
            f"请在 {count.seconds} 秒后继续；要大量数据请下载整表文件，不必逐页读取 "
            f"(go on in {count.seconds} seconds; for much data take the files instead of pages).",
            headers={"Retry-After": str(count.seconds)},
        )


def _gone(gone: Withdrawn) -> Problem:
    slug, number = gone.publication.round.slug, gone.publication.number
    return Problem(
        410,
        f"年度评估“{slug}”的第 {number} 版已经撤回 (version {number} of {slug} was withdrawn).",
        "请看撤回的理由，并从 /open-data/ 选择现行的版本 "
        "(see the reason; choose a version that holds from /open-data/).",
        reason=gone.reason,
    )
