"""What is added to the description of the interface: problems in their form, redirects, limits, whom to ask."""

from typing import Any

from django.conf import settings

from govgauge.web.api.shapes import Problem
from govgauge.web.open_data.licence import licence
from govgauge.web.open_data.problems import MEDIA_TYPE

ALWAYS = {
    "429": "请求太多 Too many requests from one address; Retry-After tells when to go on",
    "500": "程序出错 A fault of ours",
    "503": "暂时不可用 Not ready; Retry-After tells when to come again",
}
WITH_PLACE = {"404": "没有找到 Not found"}
OF_VERSION = {"410": "该版本已撤回 The version was withdrawn; `reason` tells why"}
WITH_PARAMETERS = {"422": "参数不对 Parameters are not valid"}
HEADERS = {
    "ETag": {"schema": {"type": "string"}, "description": "内容的标记 Mark of the content, for If-None-Match"},
}
RETRY = {"Retry-After": {"schema": {"type": "string"}, "description": "秒数 Seconds"}}


def described(schema: Any) -> Any:
    """The description, completed."""
    schema["openapi"] = "3.1.0"
    schema["servers"] = [{"url": "/"}]
    info = schema["info"]
    info["license"] = {"name": licence().en, "url": licence().address}
    if "@" in settings.OPEN_DATA_CONTACT:
        info["contact"] = {"email": settings.OPEN_DATA_CONTACT}
    parts = schema.setdefault("components", {}).setdefault("schemas", {})
    parts["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    parts.update(parts["Problem"].pop("$defs", {}))
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            _complete(path, operation)
    return schema


def _complete(path: str, operation: dict[str, Any]) -> None:
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers["200"]["description"] = "OK"
    answers["200"]["headers"] = HEADERS
    answers["304"] = {"description": "没有变化 Not modified since it was taken (If-None-Match)"}
    of_version = "{version}" in path
    if of_version:
        answers["302"] = {
            "description": "latest 转到现行版本 `latest` leads to the version that holds",
            "headers": {"Location": {"schema": {"type": "string"}}},
        }
    faults = dict(ALWAYS)
    if "{" in path:
        faults |= WITH_PLACE
    if of_version:
        faults |= OF_VERSION
    if operation.get("parameters"):
        faults |= WITH_PARAMETERS
    for status, words in faults.items():
        answers[status] = {
            "description": words,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": RETRY} if status in {"429", "503"} else {}),
        }
    operation["responses"] = dict(sorted(answers.items()))
