"""The metadata of a CSV file (W3C CSV on the Web): what each column holds, in both tongues."""

from govgauge.office.open_data.licence import licence
from govgauge.reports.open_data.dictionary import Column, Kind, Table

DATATYPES: dict[Kind, object] = {
    Kind.TEXT: "string",
    Kind.URI: "anyURI",
    Kind.NUMBER: "decimal",
    Kind.INTEGER: "integer",
    Kind.FLAG: {"base": "boolean", "format": "true|false"},
    Kind.JSON: "json",
}
UNITS = {"points": "分 / points", "share": "0…1", "count": "个 / count"}


def csv_metadata(table: Table, *, title: str, rows: int | None) -> dict[str, object]:
    """The metadata of `<table>.csv`; `title` is that of the round."""
    schema: dict[str, object] = {"columns": [_column(column) for column in table.columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    found: dict[str, object] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "zh"}],
        "url": f"{table.name}.csv",
        "dc:title": [{"@value": f"{title}：{table.zh}", "@language": "zh"}, {"@value": table.en, "@language": "en"}],
        "dc:description": [
            {"@value": table.note_zh, "@language": "zh"},
            {"@value": table.note_en, "@language": "en"},
        ],
        "dc:license": {"@id": licence().address},
        "dialect": {"encoding": "utf-8", "delimiter": ",", "quoteChar": '"', "header": True, "lineTerminators": "\n"},
        "tableSchema": schema,
    }
    if rows is not None:
        found["schema:size"] = f"{rows} rows"
    return found


def _column(column: Column) -> dict[str, object]:
    note = [{"@value": column.note_zh, "@language": "zh"}, {"@value": column.note_en, "@language": "en"}]
    found: dict[str, object] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": [{"@value": column.zh, "@language": "zh"}, {"@value": column.en, "@language": "en"}],
        "dc:description": note,
        "datatype": DATATYPES[column.kind],
        "null": "",
    }
    if column.unit:
        found["schema:unitText"] = UNITS[column.unit]
    return found
