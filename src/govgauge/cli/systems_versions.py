"""`govgauge systems freeze`, `comment`, `comments`, `history`: versions of a system and what is said of them."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

Json = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]
Day = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help="日期，省略则为今天 (today when left out).")
]
OneVersion = Annotated[Path, typer.Argument(metavar="DIR/ID/N", help="某一版 (a version).")]


def freeze_system(
    file: Annotated[Path, typer.Argument(help="体系文件 (a system's file).")],
    into: Annotated[Path, typer.Option("--into", help="存放各版的目录 (folder of the versions).")],
    by: Annotated[str, typer.Option("--by", help="谁定的版 (who freezes it).")],
    note: Annotated[str, typer.Option(help="说明 (a note).")] = "",
    answers: Annotated[
        Path | None, typer.Option(help="对上一版意见的答复，YAML (answers to comments on the last version).")
    ] = None,
    day: Day = None,
    as_json: Json = False,
) -> None:
    """定为新的一版，从此不可更改 (freeze a version, which never changes again)."""
    from govgauge.systems.history import history, history_json
    from govgauge.systems.versions import freeze

    made = freeze(file, into, on=_day(day), by=by, note=note, answers=answers).record
    if as_json:
        print(json.dumps(history_json(history(into / made.system))[-1], ensure_ascii=False))
    else:
        print(f"已定为 {into / made.system} 第 {made.version} 版，校验值 {made.sha256}")


def comment_on(
    place: OneVersion,
    code: Annotated[str, typer.Option("--on", help="指标代码 (code of the indicator).")],
    author: Annotated[str, typer.Option("--by", help="谁提的 (who says it).")],
    text: Annotated[str, typer.Option("--text", help="意见 (the comment).")],
    day: Day = None,
    as_json: Json = False,
) -> None:
    """对某一版的一个指标提意见 (comment on an indicator of a version)."""
    import msgspec

    from govgauge.systems.comments import add_comment
    from govgauge.systems.history import comment_line
    from govgauge.systems.versions import load_version, locked

    folder, number = _version(place)
    system = load_version(folder, number).system
    with locked(folder):
        comment = add_comment(folder, number, system, code=code, author=author, body=text, on=_day(day))
    print(json.dumps(msgspec.to_builtins(comment), ensure_ascii=False) if as_json else comment_line(comment))


def list_comments(
    place: Annotated[Path, typer.Argument(metavar="DIR/ID[/N]", help="某一体系或某一版 (a system or a version).")],
    as_json: Json = False,
) -> None:
    """列出意见 (list the comments)."""
    import msgspec

    from govgauge.systems.comments import comments_of
    from govgauge.systems.history import comment_line
    from govgauge.systems.versions import load_version, versions_of

    if versions_of(place):
        found = comments_of(place)
    else:
        folder, number = _version(place)
        load_version(folder, number)
        found = comments_of(folder, number)
    if as_json:
        print(json.dumps([msgspec.to_builtins(comment) for comment in found], ensure_ascii=False))
        return
    for comment in found:
        print(f"第 {comment.version} 版 {comment_line(comment)}")


def show_history(
    place: Annotated[Path, typer.Argument(metavar="DIR/ID", help="某一体系的各版 (a system's versions).")],
    as_json: Json = False,
) -> None:
    """列出各版：改了什么，有哪些意见，怎样答复 (versions, their changes, comments and answers)."""
    from govgauge.systems.history import history, history_json, history_lines

    steps = history(place)
    if as_json:
        print(json.dumps(history_json(steps), ensure_ascii=False))
        return
    for line in history_lines(steps):
        print(line)


def _version(place: Path) -> tuple[Path, int]:
    from govgauge.errors import Unusable

    if not place.name.isdecimal():
        raise Unusable(f"{place} 没有写明第几版；请写成 目录/标识/版号，如 {place / '1'} (name a version).")
    return place.parent, int(place.name)


def _day(day: datetime | None) -> date:
    return day.date() if day else datetime.now().astimezone().date()
