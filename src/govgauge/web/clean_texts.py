"""The sign NUL is in nobody's text and in no database: it is taken out of what is sent before any page reads it."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"
View = TypeVar("View", bound=Callable[..., object])
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class WithoutNul:
    """Addresses and forms without it. Files are as they were sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.GET = _without(request.GET)  # type: ignore[assignment]
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: object, _args: object, _more: object) -> None:
        """After the check of the form's token, which has read the form where there is one."""
        if getattr(view, "takes_files_only", False):
            return
        if request.method == "POST" and request.content_type in FORMS:
            form: Any = request
            if any(NUL in text for _name, texts in request.POST.lists() for text in texts):
                form.POST = _without(request.POST)


def takes_files_only(view: View) -> View:
    """The mark of a page that reads its form itself, to hold the file as it likes, and no texts in it."""
    view.takes_files_only = True  # type: ignore[attr-defined]
    return view


def _without(sent: QueryDict) -> QueryDict:
    clean = QueryDict(mutable=True, encoding=sent.encoding)
    for name, texts in sent.lists():
        clean.setlist(name.replace(NUL, ""), [text.replace(NUL, "") for text in texts])
    clean._mutable = False  # noqa: SLF001 - as Django makes them
    return clean
