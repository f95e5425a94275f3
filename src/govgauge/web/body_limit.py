"""Requests that carry too much are refused before anything of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from govgauge.web import faults


class BodyLimit:
    """413 with a sentence. A request without a length carries nothing for Django."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = settings.MOST_BODY_BYTES
        if length.isdecimal() and len(length) < 19 and int(length) <= most:
            return self._get_response(request)
        told = _("一次最多上传 %(n)s MB，每个文件不超过 20 MB；请压缩或分几次上传，已保存的内容没有丢失。")
        answer = faults.page(request, 413, _("上传的内容太大"), told % {"n": most >> 20})
        answer.headers["HX-Reswap"] = "none"
        return answer
