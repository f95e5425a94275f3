"""`govgauge audits`: the catalogue of automatic audits, and how well each does on its samples."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Unusable

if TYPE_CHECKING:
    from rich.table import Table

    from govgauge.audits.audit import Audit
    from govgauge.audits.measure import Measure

app = typer.Typer(help="自动检查目录 (the catalogue of automatic audits).", no_args_is_help=True)
Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


@app.command("list")
def list_audits(as_json: Json = False) -> None:
    """列出全部自动检查 (list all audits)."""
    from rich.console import Console
    from rich.table import Table

    from govgauge.audits.catalogue import all_audits, texts

    if as_json:
        print(json.dumps([_facts(audit) for audit in all_audits().values()], ensure_ascii=False))
        return
    table = Table("标识", "名称", "版本", "分组", box=None)
    for audit in all_audits().values():
        meta = audit.meta
        table.add_row(meta.id, texts(meta.id).title, str(meta.version), meta.group.value)
    Console().print(table)


@app.command("show")
def show(audit_id: str, as_json: Json = False) -> None:
    """显示一项自动检查：含义、参数、依据 (show one audit)."""
    import msgspec
    from rich.console import Console

    from govgauge.audits.catalogue import params_of, texts

    audit = _find(audit_id)
    facts = _facts(audit)
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    words = texts(audit_id)
    console = Console()
    console.print(f"[bold]{audit_id}[/] {words.title}（版本 {audit.meta.version}）")
    console.print(f"未通过：{words.failure}\n影响：{words.why}\n改法：{words.fix}")
    console.print(f"依据：{audit.meta.source or '—'}\n所需材料：{'、'.join(audit.meta.needs)}")
    for name, value in msgspec.to_builtins(params_of(audit)).items():
        console.print(f"参数 {name} = {value}")


@app.command("measure")
def measure_audits(
    audit_ids: Annotated[
        list[str] | None, typer.Argument(help="检查标识，省略则为全部 (ids; all when left out).")
    ] = None,
    as_json: Json = False,
) -> None:
    """在标注样本上计算每项检查的查准率和查全率 (precision and recall on the labelled samples)."""
    import msgspec
    from rich.console import Console

    from govgauge.audits.catalogue import all_audits
    from govgauge.audits.measure import measure

    chosen = [_find(audit_id) for audit_id in audit_ids] if audit_ids else list(all_audits().values())
    measures = [measure(audit) for audit in chosen]
    if as_json:
        print(json.dumps(msgspec.to_builtins(measures), ensure_ascii=False))
    else:
        Console().print(_table(measures))
        for measured in measures:
            for miss in measured.misses:
                print(f"{measured.audit} {miss.sample}: 误报 {miss.wrongly_found} 漏报 {miss.not_found} {miss.outcome}")
    if any(measured.misses for measured in measures):
        raise typer.Exit(1)


def _table(measures: "list[Measure]") -> "Table":
    from rich.table import Table

    table = Table("标识", "样本", "应报", "报出", "正确", "查准率", "查全率", box=None)
    for measured in measures:
        table.add_row(
            measured.audit,
            *(str(count) for count in (measured.samples, measured.expected, measured.found, measured.right)),
            _share(measured.precision),
            _share(measured.recall),
        )
    return table


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.3f}"


def _find(audit_id: str) -> "Audit":
    from govgauge.audits.catalogue import UnknownAudit, find

    try:
        return find(audit_id)
    except UnknownAudit as error:
        raise Unusable(str(error)) from error


def _facts(audit: "Audit") -> dict[str, object]:
    import msgspec

    from govgauge.audits.catalogue import params_of, texts

    words = {language: msgspec.to_builtins(texts(audit.meta.id, language)) for language in ("zh", "en")}
    return {
        "id": audit.meta.id,
        "version": audit.meta.version,
        "group": audit.meta.group.value,
        "needs": list(audit.meta.needs),
        "params": msgspec.to_builtins(params_of(audit)),
        "source": audit.meta.source,
        "page_wise": audit.inspect is not None,
        "texts": words,
    }
