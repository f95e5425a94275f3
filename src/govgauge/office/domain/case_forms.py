"""The form of a nomination: its fields, what they may hold, what is missing (annex 3 of the plan of 2020)."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from govgauge.errors import Unusable
from govgauge.gather import urls
from govgauge.office.case_rules import CaseSettings
from govgauge.office.models import Case, NominationKind
from govgauge.office.reader_count import characters, tidy

REASON_MOST = 300
"""Characters of the reason (推荐理由，300 字以内), as `reader_count` counts them."""
FIELDS: Mapping[str, str] = {
    "name": "案例名称",
    "category": "案例类别",
    "owner": "建设单位",
    "url": "案例网址",
    "reason": "推荐理由",
    "contact": "联系人",
    "phone": "联系电话",
    "email": "电子邮箱",
}
"""The fields of the form, in its order."""
NEEDED = ("name", "category", "owner", "reason", "contact", "email")
"""An address may be left out where there is a file: some cases cannot be seen from outside (note 1 of annex 3)."""


def fitting(fields: Mapping[str, str]) -> dict[str, str]:
    """What was typed, tidied. Raises Unusable for what is too long to be kept; nothing is cut off unsaid."""
    typed = {name: tidy(value.replace("\x00", "")) for name, value in fields.items() if name in FIELDS}
    for name in typed.keys() - {"reason"}:
        typed[name] = " ".join(typed[name].split())
    for name, value in typed.items():
        most = longest(name)
        if len(value) > most:
            told = f"“{FIELDS[name]}”有 {len(value)} 字，最多 {most} 字，没有保存；请缩短"
            raise Unusable(f"{told} (too long to be kept).")
    return typed


def faults(case: Case, rules: CaseSettings) -> list[str]:
    """What a form lacks before it can be handed in, a clause for each."""
    found = [f"请填写{FIELDS[name]}" for name in NEEDED if not getattr(case, name) and not _is_told(case, name)]
    if case.category and case.category not in {one.slug for one in rules.categories}:
        found.append("所选类别已不在评选办法中，请重新选择案例类别")
    if (count := characters(case.reason)) > REASON_MOST:
        found.append(f"推荐理由有 {count} 字，请缩短到 {REASON_MOST} 字以内（标点、空格和换行各算一字）")
    if case.url and not (urls.is_web(case.url) and "." in (urls.host(case.url) or "")):
        found.append("案例网址请写成 https://www.example.gov.cn/…")
    if not case.url and not case.files.filter(removed_at=None).exists():
        found.append("请填写案例网址；不能从互联网查看的案例，请上传佐证材料")
    if case.email and not is_email(case.email):
        found.append("电子邮箱不正确，请写成 name@example.gov.cn")
    return found


def form_of(case: Case) -> dict[str, object]:
    """The form as it is, with its files."""
    files = case.files.filter(removed_at=None).select_related("upload").order_by("order", "id")
    told: dict[str, object] = {name: getattr(case, name) for name in FIELDS}
    return {**told, "files": [{"name": one.upload.name, "caption": one.caption} for one in files]}


def longest(name: str) -> int:
    """Characters that a field keeps."""
    return int(getattr(Case._meta.get_field(name), "max_length", 0))  # noqa: SLF001 - Django's public way


def is_email(text: str) -> bool:
    """Whether a text is an e-mail address."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_told(case: Case, name: str) -> bool:
    """A citizen says who they are once, when they begin."""
    return case.kind == NominationKind.PUBLIC and name in {"contact", "email"}
