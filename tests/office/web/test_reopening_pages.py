"""Reopening an accepted answer on its page."""

from people_at_work import signed_in, somebody
from reviewed import a_round

from govgauge.office.models import Answer, Objection, RoleKind


def test_an_answer_is_reopened_on_its_page_and_stays_there_with_its_history() -> None:
    made = a_round()
    Objection.objects.update(state="dismissed")
    page, do = (f"/rounds/r/answers/{made.answer.id}/{end}" for end in ("", "reopen"))
    adjudicator = signed_in(somebody(RoleKind.ADJUDICATOR))
    reviewer = signed_in(somebody(RoleKind.REVIEWER))
    assert "重新打开这个答案" in adjudicator.get(page).content.decode()
    assert "重新打开这个答案" not in reviewer.get(page).content.decode()
    assert "写明理由" in adjudicator.post(do, {"seen": "1", "reason": " "}, follow=True).content.decode()
    assert Answer.objects.get().holds
    told = adjudicator.post(do, {"seen": "1", "reason": "栏目其实有内容，请重新核对"}, follow=True).content.decode()
    assert "等待重新采集" in told
    assert "此前采用的" in told
    assert "栏目其实有内容" in reviewer.get(page).content.decode()
    assert "没有符合条件的答案" in reviewer.get("/rounds/r/answers/").content.decode()
