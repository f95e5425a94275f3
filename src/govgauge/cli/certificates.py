"""`govgauge certificates`: issued, listed, revoked, checked, and the keys that sign them."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govgauge.errors import Failed, Unusable

if TYPE_CHECKING:
    from govgauge.office.models import Certificate, Round
    from govgauge.office.queries.certificates import Checked

app = typer.Typer(help="证书 (certificates).", no_args_is_help=True)
Home = Annotated[Path | None, typer.Option("--home", help="工作目录，省略则用 GOVGAUGE_HOME (folder of the office).")]
RoundName = Annotated[str, typer.Argument(metavar="ROUND", help="年度评估的名称 (round).")]
NumberName = Annotated[str, typer.Argument(metavar="NUMBER", help="证书编号，如 2025-00001-0 (its number).")]
Reason = Annotated[str, typer.Option("--reason", help="理由，核验的人会看到 (why; everybody who checks it reads it).")]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON (print JSON).")]


@app.callback()
def by_command(context: typer.Context) -> None:
    """证书 (certificates)."""
    from govgauge.office.by_command import given

    context.with_resource(given())


@app.command("issue")
def issue(
    round_name: RoundName,
    cases: Annotated[bool, typer.Option("--cases", help="全部入选案例 (all chosen cases).")] = False,
    case: Annotated[
        list[int] | None, typer.Option("--case", help="只为这些案例（编号），可重复 (these cases only).")
    ] = None,
    grade: Annotated[
        list[str] | None, typer.Option("--grade", help="评为这一等级的单位，可重复 (bodies of this grade).")
    ] = None,
    best: Annotated[int, typer.Option("--best", min=0, help="各组前几名 (the best so many of each group).")] = 0,
    taking_part: Annotated[bool, typer.Option("--taking-part", help="全部参评单位 (all who took part).")] = False,
    try_it: Annotated[bool, typer.Option("--try", help="只说会做什么 (only say what would be done).")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """颁发证书；已有的不重复颁发 (issue certificates; what is there already is not issued again)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import certificates
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.domain.awards import Choice, of_round

    choice = Choice(cases, frozenset(case or ()), frozenset(grade or ()), best, taking_part)
    if choice == Choice():
        raise Unusable(
            "请说明为谁颁发：--cases、--case 编号、--grade 等级、--best 名次、--taking-part (say whom to certify)."
        )
    round_ = _round(round_name)
    awards = of_round(round_)
    if not awards:
        raise Unusable(f"“{round_.slug}”还没有公布可以颁发证书的结果 (nothing is published that can be certified).")
    found = certificates.plan(round_, awards, choice)
    if warning := certificates.checked_here_only():
        print(f"注意：{warning}", file=sys.stderr)
    made = [] if try_it else certificates.issue(PROGRAM, round_, awards, choice)
    told = {
        "new": len(found.new),
        "issued": [one.code for one in made],
        "same": len(found.same),
        "differing": [one.code for one, _award in found.differing],
        "gone": [one.code for one in found.gone],
    }
    if as_json:
        print(json.dumps(told, ensure_ascii=False))
        return
    what = f"将颁发 {len(found.new)} 份" if try_it else f"颁发 {len(made)} 份"
    print(f"{what}，已有 {len(found.same)} 份 ({len(found.new)} new, {len(found.same)} there already).")
    for one, award in found.differing:
        print(f"{one.code} {one.holder} 的内容已变为“{award.holder} {award.title}”，需要换发 (reissue it).")
    for one in found.gone:
        print(f"{one.code} {one.holder} 的结果已不在公布之列；应作废的请撤销 (its result is not public now).")


@app.command("list")
def list_(round_name: RoundName, home: Home = None, as_json: AsJson = False) -> None:
    """一次评估的证书 (the certificates of a round)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.queries.certificates import of_round

    rows = [_row(one) for one in of_round(_round(round_name)).reverse()]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(row.values()))
    if not rows:
        print("还没有颁发证书 (no certificates yet).")


@app.command("files")
def files(
    round_name: RoundName,
    out: Annotated[Path, typer.Option("--out", help="放 PDF 的目录 (folder for the PDF files).")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """写出全部有效证书的 PDF (write the PDF of every valid certificate)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.cli.whole_files import write_whole
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.domain.certificates import file_of
    from govgauge.office.models import CertificateState
    from govgauge.office.queries.certificates import sieved

    out.mkdir(parents=True, exist_ok=True)
    number = 0
    for one in sieved(_round(round_name), state=CertificateState.VALID).iterator(chunk_size=200):
        write_whole(out / f"{one.code}.pdf", file_of(PROGRAM, one))
        number += 1
    print(json.dumps({"written": number}) if as_json else f"写出 {number} 份证书 (written).")


@app.command("revoke")
def revoke(number: NumberName, reason: Reason, home: Home = None, as_json: AsJson = False) -> None:
    """撤销一份证书 (revoke a certificate)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import certificates
    from govgauge.office.domain.acting import PROGRAM

    found = _certificate(number)
    certificates.revoke(PROGRAM, found, reason)
    print(json.dumps({"revoked": found.code}) if as_json else f"已撤销 {found.code} (revoked).")


@app.command("reissue")
def reissue(number: NumberName, reason: Reason, home: Home = None, as_json: AsJson = False) -> None:
    """内容变化后换发一份新编号的证书 (issue it again with a new number after its words have changed)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import awards, certificates
    from govgauge.office.domain.acting import PROGRAM

    found = _certificate(number)
    made = certificates.reissue(PROGRAM, found, awards.again(found), reason)
    told = {"issued": made.code, "replaced": found.code}
    print(json.dumps(told) if as_json else f"{made.code} 代替 {found.code} (reissued).")


@app.command("verify")
def verify(
    what: Annotated[str, typer.Argument(metavar="FILE|NUMBER", help="PDF 文件，或证书编号 (a PDF, or a number).")],
    code: Annotated[str, typer.Option("--code", help="纸上的核验码 (the code on the paper).")] = "",
    key: Annotated[
        str, typer.Option("--key", help="只用这把公钥（64 位十六进制）核验文件，不用数据库 (by this public key alone).")
    ] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """核验一份证书；不真实、被改动、已撤销时退出码为 1 (check a certificate; exits with 1 where it does not hold)."""
    if key:
        _by_key_alone(Path(what), key, as_json=as_json)
        return
    from govgauge.office.start import start

    start(home)
    from govgauge.office.queries import certificates as query

    found = query.of_file(_content(Path(what))) if Path(what).is_file() else query.of_number(what, code)
    _say(found, as_json=as_json)


@app.command("keys")
def keys(
    new: Annotated[bool, typer.Option("--new", help="启用一把新密钥 (start a new key).")] = False,
    reason: Annotated[str, typer.Option("--reason", help="为什么启用新密钥 (why).")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """签名的公钥，最后一把在用 (the public keys; the last one signs)."""
    from govgauge.office.start import start

    start(home)
    from govgauge.office.domain import signing_keys
    from govgauge.office.domain.acting import PROGRAM
    from govgauge.office.models import SigningKey

    if new:
        signing_keys.renew(PROGRAM, reason)
    rows = [
        {"key": one.key_id, "public": one.public, "since": f"{one.made_at:%Y-%m-%d}", "why": one.why}
        for one in SigningKey.objects.order_by("id")
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        print("  ".join(row.values()))
    if not rows:
        print("还没有密钥；第一次颁发证书时生成 (no key yet; the first certificate makes one).")


def _by_key_alone(path: Path, key: str, *, as_json: bool) -> None:
    from govgauge.reports.certificates import checking, signing

    try:
        public = bytes.fromhex(key)
    except ValueError:
        public = b""
    if len(public) != 32:
        raise Unusable("--key 应是 64 位十六进制的公钥，见 govgauge certificates keys (64 hexadecimal digits).")
    looked = checking.check(_content(path), {signing.key_id(public): public})
    told = looked.statement
    if as_json:
        print(json.dumps({"look": looked.look, "number": told.number if told else ""}, ensure_ascii=False))
    else:
        print(f"{looked.look}" + (f"  {told.number}  {told.holder}  {told.title}" if told else ""))
    if looked.look is not checking.Look.UNALTERED:
        raise Failed("这个文件不是未经改动的证书 (not a genuine, unaltered certificate).")


def _say(found: "Checked", *, as_json: bool) -> None:
    from django.utils import timezone

    from govgauge.office.queries.certificates import Finding

    told, end = found.statement, found.end
    row = {
        "finding": found.finding.value,
        "number": told.number if told else "",
        "holder": told.holder if told else "",
        "title": told.title if told else "",
        "ended": f"{timezone.localdate(end.at).isoformat()} {end.reason}" if end else "",
        "altered": found.altered,
    }
    if as_json:
        print(json.dumps(row, ensure_ascii=False))
    else:
        print("  ".join(str(one) for one in list(row.values())[:5] if one))
    if found.finding not in {Finding.GENUINE, Finding.KNOWN}:
        from govgauge.web.certificates.finding_words import WORDS

        words = WORDS[found.finding]
        raise Failed(f"核验未通过：{words.title}。{words.sentence} ({found.finding}: it does not hold).")


def _content(path: Path) -> bytes:
    from govgauge.reports.certificates.checking import MOST_BYTES

    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _row(one: "Certificate") -> dict[str, str]:
    return {
        "number": one.code,
        "state": one.get_state_display(),
        "kind": one.get_kind_display(),
        "holder": one.holder,
        "title": one.title,
        "issued_on": one.issued_on.isoformat(),
        "key": one.key.key_id,
    }


def _certificate(written: str) -> "Certificate":
    from govgauge.office.queries.certificates import of_number

    found = of_number(written).certificate
    if found is None:
        raise Unusable(f"没有编号为“{written}”的证书；请用 govgauge certificates list 查看 (no such certificate).")
    return found


def _round(slug: str) -> "Round":
    from govgauge.office.domain import rounds

    return rounds.find(slug)
