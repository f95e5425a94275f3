"""The catalogue as a page of the handbook: every audit with its meaning, its source and its parameters.

`python -m govgauge.audits.handbook` prints it; docs/audits.md holds what it printed, and a test compares the two.
"""

import ast
import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent

import msgspec

from govgauge.audits.audit import Audit, Group, Params
from govgauge.audits.catalogue import all_audits, texts

HEAD = """\
# The automatic checks

What each audit judges, where its rule comes from, and which parameters a rule set or a check may override by name.
This page is printed by `python -m govgauge.audits.handbook`.
"""

TITLES = {
    Group.UPKEEP: "Running and upkeep (日常运维)",
    Group.MARKS: "Opening rules and marks (开设规范、标识规范)",
    Group.SAFETY: "Safety and privacy (安全与隐私)",
    Group.REACH: "Reach (传播与可及)",
    Group.DISCLOSURE: "Disclosure (政务公开)",
    Group.SEARCH: "Search and questions (搜索与问答)",
    Group.DIALOGUE: "Dialogue and fusion (互动与融合)",
}


def page() -> str:
    """The whole page in Markdown."""
    order = list(Group)
    audits = sorted(all_audits().values(), key=lambda audit: (order.index(audit.meta.group), audit.meta.id))
    parts = [HEAD]
    for group, members in groupby(audits, key=lambda audit: audit.meta.group):
        parts.append(f"## {TITLES[group]}\n")
        parts.extend(_entry(audit) for audit in members)
    return "\n".join(parts)


def _entry(audit: Audit) -> str:
    chinese, english = texts(audit.meta.id, "zh"), texts(audit.meta.id, "en")
    lines = [f"### `{audit.meta.id}` {chinese.title}", "", f"{english.title}. {english.failure}"]
    if audit.meta.source:
        lines += ["", f"Source: {audit.meta.source}"]
    rows = list(_parameters(audit.meta.params))
    if rows:
        lines += ["", " ".join(inspect.cleandoc(audit.meta.params.__doc__ or "").split())]
        lines += ["", "| parameter | default | meaning |", "|---|---|---|", *rows]
    return "\n".join([*lines, ""])


def _parameters(params: type[Params]) -> Iterator[str]:
    meanings = {name: words for base in reversed(params.__mro__) for name, words in _docstrings(base).items()}
    for field in msgspec.structs.fields(params):
        default = str(field.default).replace("|", "\\|")
        yield f"| `{field.name}` | {default} | {meanings.get(field.name, '')} |"


def _docstrings(base: type) -> dict[str, str]:
    """The docstrings under the fields of one class, each on one line."""
    if not issubclass(base, Params) or base is Params:
        return {}
    body = ast.parse(dedent(inspect.getsource(base))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101  # the source of a class is a class
    found: dict[str, str] = {}
    for statement, following in zip(body.body, body.body[1:], strict=False):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            value = following.value if isinstance(following, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[statement.target.id] = " ".join(value.value.split()).replace("|", "\\|")
    return found


if __name__ == "__main__":
    sys.stdout.write(page())
