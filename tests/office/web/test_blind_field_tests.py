"""A second coder who has other roles, too, sees no field test of the first before they have handed in."""

import io
from decimal import Decimal

import pytest
from answered import assigned
from fielded import SENT, a_test, ago, planned, told
from people_at_work import give, signed_in, somebody

from govgauge.office.domain import codings, field_steps, field_tests, uploads
from govgauge.office.domain.acting import acting_as
from govgauge.office.models import Part, RoleKind

pytestmark = pytest.mark.usefixtures("settings_home")


def test_second_coders_see_no_field_test_of_the_first_until_they_have_handed_in() -> None:
    one, two = somebody(RoleKind.COLLECTOR), somebody(RoleKind.COLLECTOR)
    for kind in (RoleKind.REVIEWER, RoleKind.ADMINISTRATOR):
        give(two, kind)
    first = told(a_test(acting=acting_as(one)), SENT, ago(3), note="初次采集的人写的话")
    round_, entry = first.round, first.entry
    file = uploads.keep(
        acting_as(one), io.BytesIO(b"%PDF-1.7\n"), "答复.pdf", purpose=uploads.FIELD_TEST, round_=round_, entry=entry
    )
    piece = field_tests.add_evidence(acting_as(one), first, upload=file)
    task = assigned(first.assignment.batch, entry, two, part=Part.SECOND, check=first.check_id, method="manual")
    client = signed_in(two)
    places = (f"/rounds/r/field/{first.id}/", f"/uploads/{file.id}")
    listed = "/rounds/r/field/"
    trail = (f"/trail/?topic=FieldTest&record={first.id}", f"/trail/?topic=FieldEvidence&record={piece.id}")

    def seen() -> tuple[list[int], bool, bool, list[bool]]:
        statuses = []
        for place in places:
            answer = client.get(place)
            statuses.append(answer.status_code)
            answer.close()
        page = client.get(listed).content.decode()
        lines = b"".join(client.get(listed, {"format": "csv"}).streaming_content).decode()
        rows = ["<tbody>" in client.get(place).content.decode() for place in trail]
        return statuses, f"/field/{first.id}/" in page, "甲县" in lines, rows

    assert seen() == ([404, 404], False, False, [False, False])
    assert client.post(f"/rounds/r/field/{first.id}/withdraw", {"reason": "不做了", "version": "2"}).status_code == 404
    (mine,) = planned(first.script, task)
    assert client.get(f"/rounds/r/field/{mine.id}/").status_code == 200
    field_steps.withdraw(acting_as(two), mine, mine.version, "不做了，撤回")
    coding = codings.save(
        acting_as(two), task, 0, codings.Draft(value=Decimal(1), justification="见答复的全文", confidence="sure")
    )
    codings.submit(acting_as(two), task, coding.version)
    assert seen() == ([200, 200], True, True, [True, True])
