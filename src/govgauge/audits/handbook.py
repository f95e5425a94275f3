"""The catalogue as a page of the handbook: every audit with its meaning, its source and its parameters.

`python -m govgauge.audits.handbook` prints it; docs/audits.md holds what it printed, and a test compares the two.
"""

import ast
import inspect
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from textwrap import dedent

import msgspec

from govgauge.audits import little_seen
from govgauge.audits.audit import Audit, Extent, Group, Params
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
    parts = [HEAD, _shared()]
    for group, members in groupby(audits, key=lambda audit: audit.meta.group):
        parts.append(f"## {TITLES[group]}\n")
        parts.extend(_entry(audit) for audit in members)
    return "\n".join(parts)


def _shared() -> str:
    """What holds of all audits: how far each can be judged when a visit was cut short."""
    extents = _docstrings(Extent)
    reaches = [f"- `{extent.value}`: {extents[extent.name]}" for extent in Extent]
    rows = _table(Params, msgspec.structs.fields(Params))
    cut = ["## After a visit that was cut short", "", _told(Extent), "", *reaches, "", *rows, ""]
    little = [
        "## Of a site of which next to nothing was seen",
        "",
        f"Fewer than {little_seen.FEWEST_PAGES} pages could be read (a page without links, a shell that scripts fill,",
        f"empty frames), or {little_seen.FEWEST_REFUSALS} pages and {little_seen.REFUSED_SHARE:.0%} of all were",
        "refused: what rests on `home` is judged, faults seen on `pages` and what `presence` found stay, all else is",
        "not observable. An audit that found nothing of its kind to go through passes nobody: it is not applicable.",
        "",
    ]
    return "\n".join([*cut, *little])


def _told(of: type) -> str:
    """The docstring of a class on one line."""
    return " ".join(inspect.cleandoc(of.__doc__ or "").split())


def _entry(audit: Audit) -> str:
    chinese, english = texts(audit.meta.id, "zh"), texts(audit.meta.id, "en")
    lines = [f"### `{audit.meta.id}` {chinese.title}", "", f"{english.title}. {english.failure}"]
    lines += ["", f"Rests on: `{audit.meta.extent.value}`."]
    if audit.meta.source:
        lines += ["", f"Source: {audit.meta.source}"]
    shared = {field.name for field in msgspec.structs.fields(Params)}
    own = [field for field in msgspec.structs.fields(audit.meta.params) if field.name not in shared]
    if own:
        lines += ["", *_table(audit.meta.params, own)]
    return "\n".join([*lines, ""])


def _table(params: type[Params], fields: Iterable[msgspec.structs.FieldInfo]) -> Iterator[str]:
    """What the parameters follow, and a row for each."""
    meanings = {name: words for base in reversed(params.__mro__[:-2]) for name, words in _docstrings(base).items()}
    yield from (_told(params), "", "| parameter | default | meaning |", "|---|---|---|")
    for field in fields:
        default = str(field.default).replace("|", "\\|")
        yield f"| `{field.name}` | {default} | {meanings.get(field.name, '')} |"


def _docstrings(base: type) -> dict[str, str]:
    """The docstrings under the names of one class, each on one line."""
    if not issubclass(base, Params | Extent):
        return {}
    body = ast.parse(dedent(inspect.getsource(base))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101  # the source of a class is a class
    found: dict[str, str] = {}
    for statement, following in zip(body.body, body.body[1:], strict=False):
        target = (
            statement.target
            if isinstance(statement, ast.AnnAssign)
            else statement.targets[0]
            if isinstance(statement, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name):
            value = following.value if isinstance(following, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                found[target.id] = " ".join(value.value.split()).replace("|", "\\|")
    return found


if __name__ == "__main__":
    sys.stdout.write(page())
