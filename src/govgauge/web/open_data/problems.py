"""What programs are told when something cannot be had: `application/problem+json` (RFC 9457) with a remedy."""

from collections.abc import Callable

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers

from govgauge.office.queries.reasons import in_chinese, in_english
from govgauge.reports.open_data.dictionary import Table
from govgauge.web.display import LANGUAGE_COOKIE
from govgauge.web.faults import page

MEDIA_TYPE = "application/problem+json"
HTML = "text/html"
PROGRAMS = "/api/"
"""Addresses where nobody looks with a browser but to see what programs get."""
STOPS: dict[Callable[[str], str], str] = {in_chinese: "。", in_english: "."}
ENGLISH = "en"
TITLES = {
    400: "请求的格式不对 (bad request)",
    404: "没有找到 (not found)",
    405: "不支持这个请求方法 (method not allowed)",
    410: "已撤回 (withdrawn)",
    412: "内容与要求的不同 (precondition failed)",
    416: "没有这个范围 (range not satisfiable)",
    422: "参数不对 (parameters are not valid)",
    429: "请求太多 (too many requests)",
    500: "程序出错 (our fault)",
    503: "请稍候 (not ready)",
}
"""A title for each status; texts are `中文 (English)`."""


class Fault(msgspec.Struct, frozen=True):
    """A parameter that is not valid."""

    parameter: str
    sentence: str


class Problem(Exception):
    """An answer that is none. Sentences are two-tongued; `remedy` says what to do, `reason` is the office's own."""

    def __init__(
        self,
        status: int,
        detail: str,
        remedy: str,
        *,
        reason: str = "",
        faults: tuple[Fault, ...] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.remedy = remedy
        self.reason = reason
        self.faults = faults
        self.headers = headers or {}


def untold(table: Table) -> Problem:
    """A version does not tell a table."""
    return Problem(
        404,
        f"这个版本没有公布“{table.zh}” (this version does not tell: {table.en}).",
        "请使用它公布的其他表 (use the other tables of it).",
    )


def answer(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem in the tongue and the form of who asks: a page for those at a browser."""
    tongue = in_english if reads_english(request) else in_chinese
    if HTML in request.headers.get("Accept", "") and not request.path.startswith(PROGRAMS):
        return _page(request, problem, tongue)
    told: dict[str, object] = {
        "type": f"{reverse('open-data-api')}#problem-{problem.status}",
        "title": tongue(TITLES[problem.status]),
        "status": problem.status,
        "detail": tongue(problem.detail),
        "remedy": tongue(problem.remedy),
        "instance": request.get_full_path(),
    }
    if problem.reason:
        told["reason"] = problem.reason
    if problem.faults:
        told["errors"] = [{"parameter": one.parameter, "detail": tongue(one.sentence)} for one in problem.faults]
    response = HttpResponse(msgspec.json.encode(told), MEDIA_TYPE, status=problem.status, headers=problem.headers)
    response.headers["Content-Language"] = "en" if reads_english(request) else "zh-CN"
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _page(request: HttpRequest, problem: Problem, tongue: Callable[[str], str]) -> HttpResponse:
    said = [tongue(problem.detail), problem.reason, tongue(problem.remedy)]
    sentence = " ".join(one if one.endswith(("。", ".")) else f"{one}{STOPS[tongue]}" for one in said if one)
    response = page(request, problem.status, tongue(TITLES[problem.status]), sentence)
    for name, value in problem.headers.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")
    patch_vary_headers(response, ["Accept"])
    return response


def reads_english(request: HttpRequest) -> bool:
    """By the choice on our pages; else by what the program says it prefers."""
    if LANGUAGE_COOKIE in request.COOKIES:
        return request.COOKIES[LANGUAGE_COOKIE] == ENGLISH
    first = request.headers.get("Accept-Language", "").split(",")[0].strip().lower()
    return first.startswith(ENGLISH)
