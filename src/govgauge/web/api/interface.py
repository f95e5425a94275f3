"""The interface itself: what it is called, what belongs to it, how it describes itself."""

from functools import cache
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from govgauge.office.open_data.found import NotThere
from govgauge.web.api import library, rounds, subjects, tables
from govgauge.web.api.answering import Elsewhere, redirect, told
from govgauge.web.api.description import described
from govgauge.web.api.parameters import refusal
from govgauge.web.api.shapes import Home
from govgauge.web.open_data.gate import open_to_all
from govgauge.web.open_data.listed import absolute
from govgauge.web.open_data.sending import small

ROOT = "/api/v1/"
VERSION = "1.0"
ROOT_NAME = "api-root"
"""The package's own page, which tells nothing."""


class Interface(NinjaAPI):
    """NinjaAPI whose description tells of problems as they are."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        schema: OpenAPISchema = described(super().get_openapi_schema(**kwargs))
        return schema

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the address, without what all of them begin with."""
        return str(operation.url_name).removeprefix("api-")


interface = Interface(
    title="政测开放数据接口 govgauge open data",
    version=VERSION,
    description=(
        "公布的评估结果：年度评估、版本、分组、得分、指标、采集值、问题、评估对象历年结果、指标体系和案例。"
        "只读，无需登录，允许跨域。\n\n"
        "What assessments tell the public, to be read by programs: no key, any origin, read only."
    ),
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
for part in (rounds, tables, subjects, library):
    interface.add_router("", part.router)


@interface.get("/", response=Home, url_name="api-home", summary="入口 Home", tags=["rounds"])
def home(request: HttpRequest) -> HttpResponse:
    """Where everything is."""
    return told(
        request,
        {
            "rounds": absolute(request, f"{ROOT}rounds"),
            "subjects": absolute(request, f"{ROOT}subjects"),
            "systems": absolute(request, f"{ROOT}systems"),
            "case_library": absolute(request, f"{ROOT}case-library"),
            "open_data": absolute(request, reverse("open-data")),
            "catalogue": absolute(request, reverse("open-data-jsonld")),
            "description": absolute(request, f"{ROOT}openapi.json"),
            "certificates": absolute(request, reverse("certificate-check")),
        },
    )


@interface.exception_handler(ValidationError)
def not_valid(_request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Told by the gate."""
    raise refusal(fault.errors)


@interface.exception_handler(Elsewhere)
def elsewhere(_request: HttpRequest, other: Elsewhere) -> HttpResponse:
    """`latest` leads to a number."""
    return redirect(other)


@cache
def schema(_licence: str, _contact: str) -> OpenAPISchema:
    """The description; it depends on nothing but the settings of the office."""
    return interface.get_openapi_schema(path_prefix=ROOT)


@open_to_all
def description(request: HttpRequest) -> HttpResponse:
    """The description of the interface (OpenAPI 3.1)."""
    body = msgspec.json.encode(schema(settings.OPEN_DATA_LICENCE, settings.OPEN_DATA_CONTACT))
    return small(request, body, "application/vnd.oai.openapi+json;version=3.1")


@open_to_all
def nothing(_request: HttpRequest, /, **_rest: str) -> HttpResponse:
    """No such address."""
    raise NotThere("接口没有这个地址 (the interface has no such address).")


def _patterns() -> list[URLPattern]:
    """The addresses behind the gate of open data."""
    found, _app, _namespace = interface.urls
    ours = [one for one in found if isinstance(one, URLPattern) and one.name != ROOT_NAME]
    for one in ours:
        one.callback = open_to_all(one.callback)
    return [
        path("openapi.json", description, name="api-description"),
        *ours,
        path("<path:rest>", nothing, name="api-nothing"),
    ]


patterns = _patterns()
