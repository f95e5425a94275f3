"""What is added to the description of the interface: words, examples, problems in their form, redirects, limits."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from msgspec import Struct, convert

from govgauge.office.open_data.licence import licence
from govgauge.web.api.shapes import Problem
from govgauge.web.open_data.problems import MEDIA_TYPE, TITLES

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
TOPICS = {
    "rounds": "年度评估和版本 Rounds and their versions",
    "tables": "结果表 Tables of a version, page by page",
    "subjects": "评估对象 Bodies over the years",
    "library": "指标体系库和案例库 Systems and cases that come with the program",
}
ASKED = {
    "slug": "2025",
    "version": "1",
    "id": "2025-county",
    "number": 1,
    "group": "county",
    "region": "云南省",
    "subject": 1,
    "audit": "broken-link",
    "year": 2025,
    "limit": 100,
    "cursor": "100",
}
"""A value of each parameter; `q` differs by address."""
SEARCHED = {"subjects": "云南", "case-library": "shuili"}
CASE = "2025-digital-01"
REASON = "分组有误，更正后重新公布"


class Words(Struct, frozen=True):
    """What an operation gives."""

    zh: str
    en: str


@cache
def words() -> dict[str, Words]:
    """What each operation gives, by its id."""
    said = tomllib.loads(Path(__file__).with_name("operations.toml").read_text(encoding="utf-8"))
    return convert(said, dict[str, Words])


@cache
def examples() -> dict[str, Any]:
    """An answer of each operation, by its id; lists are cut short."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
    return found


def described(schema: Any) -> Any:
    """The description, completed."""
    schema["openapi"] = "3.1.0"
    schema["servers"] = [{"url": "/"}]
    schema["tags"] = [{"name": name, "description": told} for name, told in TOPICS.items()]
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
    used = json.dumps(schema)
    for name in [name for name in parts if f'"#/components/schemas/{name}"' not in used]:
        del parts[name]  # parameters are told one by one
    return schema


def _complete(path: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    operation["description"] = f"{words()[name].zh}\n\n{words()[name].en}"
    for parameter in operation.get("parameters", ()):
        parameter["example"] = _asked(name, parameter["name"])
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers["200"]["description"] = "OK"
    answers["200"]["headers"] = HEADERS
    answers["200"]["content"]["application/json"]["example"] = examples()[name]
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
    for status, said in faults.items():
        told = {"schema": {"$ref": "#/components/schemas/Problem"}, "example": _problem(path, status, said)}
        answers[status] = {
            "description": said,
            "content": {MEDIA_TYPE: told},
            **({"headers": RETRY} if status in {"429", "503"} else {}),
        }
    operation["responses"] = dict(sorted(answers.items()))


def _asked(name: str, parameter: str) -> object:
    if parameter == "q":
        return SEARCHED[name]
    return CASE if name == "library-case" else ASKED[parameter]


def _problem(path: str, status: str, said: str) -> dict[str, object]:
    """A problem as it may be told, in Chinese."""
    zh, _blank, _en = said.partition(" ")
    told: dict[str, object] = {
        "type": f"/open-data/api/#problem-{status}",
        "title": TITLES[int(status)].partition(" (")[0],
        "status": int(status),
        "detail": f"{zh}。",
        "remedy": "请按 /open-data/api/ 的说明改正后再试。",
        "instance": path.format(**ASKED),
    }
    if status == "410":
        told["reason"] = REASON
    if status == "422":
        told["errors"] = [{"parameter": "limit", "detail": "太大，最大是 1000"}]
    return told
