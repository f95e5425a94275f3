"""A call with its panel and its published result, at the pages."""

import io
import struct
import sys
import zlib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from django.utils import timezone
from panelled import LEVELS, a_case, rules, stepped

from govgauge.office.domain import awards, case_calls, certificates, uploads
from govgauge.office.domain.acting import PROGRAM, acting_as
from govgauge.office.models import (
    CaseCall,
    CaseCount,
    CaseFile,
    CaseResult,
    CaseStepKind,
    Entry,
    PanelExpert,
    PanelTie,
    Person,
    Round,
    Seat,
)

CASE_FILE = "case"


def a_call(round_: Round) -> CaseCall:
    """The call of a round, made when it is first asked for."""
    found = CaseCall.objects.filter(round=round_).first()
    return found or case_calls.open_call(PROGRAM, round_, "2025 年创新案例征集", rules())


def png(width: int, height: int, colour: bytes) -> bytes:
    """A picture in one colour (RGB)."""
    rows = (b"\x00" + colour * width) * height
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    told = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)


def a_picture(case_id: int, by: Person, round_: Round) -> CaseFile:
    """A picture of a case."""
    kept = uploads.keep(
        acting_as(by), io.BytesIO(png(640, 360, b"\xdf\xea\xfa")), "home.png", purpose=CASE_FILE, round_=round_
    )
    return CaseFile.objects.create(case_id=case_id, upload=kept, caption="首页", by=by)


def panel_ids(round_: Round, entry: Entry, expert: Person, text: str) -> dict[str, int]:
    """Ids of one of everything that a panel has; `expert` sits on it, `text` stands wherever people write."""
    call = a_call(round_)
    case = a_case(call, entry, text[:120], owner=text[:120], reason=text[:300])
    other = a_case(call, entry, text[:120], category="data")
    on_panel = PanelExpert.objects.create(
        call=call, person=expert, alias="专家301", employer=text[:120], region=text[:200], declared_at=timezone.now()
    )
    seat = Seat.objects.create(expert=on_panel, case=case, levels=LEVELS, comment=text[:1000])
    tie = PanelTie.objects.create(expert=on_panel, case=other, kind="employer", why=text[:300])
    piece = a_picture(case.pk, expert, round_)
    count = CaseCount.objects.create(
        call=call,
        number=1,
        rules={"categories": rules()["categories"], "bonus": {"mode": "chosen"}},
        experts=1,
        ballots=0,
        set_aside=0,
        digest="0" * 64,
        published_at=timezone.now(),
        notes=[text],
    )
    result = CaseResult.objects.create(
        count=count, case=case, experts="80", total="80", place=1, chosen=True, explained=[text]
    )
    stepped(case, CaseStepKind.CHOSEN)
    certificates.issue(PROGRAM, round_, awards.of_round(round_))
    return {
        "certificate": round_.certificates.get().pk,
        "seat": seat.pk,
        "panel_expert": on_panel.pk,
        "tie": tie.pk,
        "case_file": piece.pk,
        "case_number": result.case.number,
    }
