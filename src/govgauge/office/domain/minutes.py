"""Minutes of the panel: proposed from what is recorded, put into words by the chair, signed, amended with a reason."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.case_rules import PanelMode
from govgauge.office.domain import case_calls, panels
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.models import CaseCall, PanelExpert, PanelMinutes, PanelTie, Person, Seat
from govgauge.office.queries import panel_scores
from govgauge.office.queries import panels as query

LONGEST = 100_000
"""Characters of minutes."""
TO_BE_TOLD = "（请填写讨论情况和结论。）"
"""Stands in proposed minutes for what no record tells."""


def last(call: CaseCall) -> PanelMinutes | None:
    """The last row: signed minutes, a draft, or the draft of an amendment."""
    return call.minutes.select_related("by").order_by("-id").first()


def versions(call: CaseCall) -> list[PanelMinutes]:
    """Everything that was signed, from the first to the one that holds."""
    return list(call.minutes.filter(signed_at__isnull=False).select_related("by").order_by("id"))


def held(call: CaseCall) -> PanelMinutes | None:
    """The signed minutes that hold, also while an amendment is drafted; None before any were signed."""
    return call.minutes.filter(signed_at__isnull=False).select_related("by").order_by("-id").first()


@transaction.atomic
def save(acting: Acting, call: CaseCall, text: str, seen: int) -> PanelMinutes:
    """Keep the minutes; `seen` is the id of those that were shown, 0 for none. Those before stay as history.

    Raises NotAllowed, or Unusable: empty, signed, changed by somebody else meanwhile.
    """
    panels.chair(acting, call)
    CaseCall.objects.select_for_update().get(pk=call.pk)
    before = _unsigned(call, seen)
    words = text.replace("\r\n", "\n").strip()[:LONGEST]
    if not words:
        raise Unusable("会议纪要还是空的，请填写 (the minutes are empty).")
    if before is not None and before.text == words:
        return before
    made = PanelMinutes(call=call, text=words, by=_person(acting), reason=before.reason if before else "")
    with noted(acting, "panel-minutes.save", made, round_=call.round):
        made.save()
    return made


@transaction.atomic
def sign(acting: Acting, call: CaseCall, seen: int) -> PanelMinutes:
    """Sign the minutes as they were seen: they change no more. Raises NotAllowed, Unusable."""
    panels.chair(acting, call)
    CaseCall.objects.select_for_update().get(pk=call.pk)
    current = _unsigned(call, seen)
    if current is None:
        raise Unusable("还没有会议纪要，请先保存 (there are no minutes yet).")
    if TO_BE_TOLD in current.text:
        raise Unusable("“意见”一节还没有填写；请写明讨论情况和结论并保存，再签署 (the opinions are still to be told).")
    before = held(call)
    if before is not None and before.text == current.text:
        raise Unusable("修订稿和已签署的纪要完全相同；请先修改并保存 (nothing has been amended).")
    now = timezone.now()
    made = PanelMinutes(call=call, text=current.text, by=_person(acting), signed_at=now, reason=current.reason)
    with noted(acting, "panel-minutes.sign", made, round_=call.round):
        made.save()
    return made


@transaction.atomic
def amend(acting: Acting, call: CaseCall, reason: str, seen: int) -> PanelMinutes:
    """Begin a further version of signed minutes, which stay as they are and hold until it is signed.

    Raises NotAllowed, Unusable: without a reason, not signed, changed by somebody else meanwhile.
    """
    panels.chair(acting, call)
    CaseCall.objects.select_for_update().get(pk=call.pk)
    before, why = last(call), reason.strip()
    if before is None or before.signed_at is None:
        raise Unusable("会议纪要还没有签署，可以直接修改 (not signed yet: change it).")
    _same(before, seen)
    if len(why) < panels.SHORTEST:
        raise Unusable("修订已签署的会议纪要要写明理由 (say why signed minutes are amended).")
    made = PanelMinutes(call=call, text=before.text, by=_person(acting), reason=why[:300])
    with noted(acting, "panel-minutes.amend", made, round_=call.round, reason=why[:300]):
        made.save()
    return made


def proposed(call: CaseCall) -> str:
    """Minutes as the records tell them; experts by their alias. A line that begins with `#` is a heading."""
    rules = case_calls.rules_of(call)
    people = list(query.experts(call))
    cases = list(query.cases(call))
    judged = [case for case in cases if not case.is_calibration]
    days = f"{rules.panel.starts} 至 {rules.panel.ends}" if rules.panel else "（未定）"
    way = (
        f"每个案例由 {rules.experts_per_case} 名专家按量表独立评分"
        if rules.panel_mode is PanelMode.SCORES
        else f"每名专家至多投 {rules.votes_per_expert} 票"
    )
    lines = [
        f"# {call.title}专家评审会议纪要",
        "",
        "## 一、基本情况",
        f"评审时间：{days}。",
        f"评审方式：{way}；专家互不知晓，均以代号记录。",
        f"参评案例：{len(judged)} 个；专家：{len(people)} 名（{'、'.join(one.alias for one in people) or '无'}）。",
        *[f"{one.alias} 于 {timezone.localtime(one.left_at):%Y-%m-%d} 退出。" for one in people if one.left_at],
        "",
        "## 二、回避",
        *_ties(call),
        "",
        "## 三、评审和弃权",
        *_verdicts(call, rules.panel_mode, people),
        "",
        "## 四、校准",
        *_calibration(call),
        "",
        "## 五、意见",
        TO_BE_TOLD,
    ]
    return "\n".join(lines)


def _ties(call: CaseCall) -> list[str]:
    found = PanelTie.objects.filter(expert__call=call).select_related("expert", "case")
    stands = [tie for tie in found.order_by("case__number", "expert__alias", "id") if tie.stands]
    open_ones = sum(tie.stands is None for tie in found)
    told = [f"{tie.expert.alias} 回避案例 {tie.case.number}“{tie.case.name}”：{tie.why}" for tie in stands]
    if open_ones:
        told.append(f"另有 {open_ones} 项疑似情形尚未认定。")
    return told or ["没有需要回避的情形。"]


def _verdicts(call: CaseCall, mode: PanelMode, people: Sequence[PanelExpert]) -> list[str]:
    if mode is PanelMode.BALLOTS:
        last_ones = [(one.alias, one.ballots.order_by("-id").first()) for one in people]
        cast = [(alias, ballot) for alias, ballot in last_ones if ballot is not None]
        chosen = sum(not ballot.abstained for _, ballot in cast)
        told = [f"收到选票 {len(cast)} 张，其中有效选择 {chosen} 张、弃权 {len(cast) - chosen} 张。"]
        return told + [f"{alias} 弃权：{ballot.reason}" for alias, ballot in cast if ballot.abstained]
    held = Seat.objects.filter(expert__call=call, taken_back_at=None, case__is_calibration=False)
    seats = list(held.select_related("expert", "case").order_by("case__number", "expert__alias"))
    given = [seat for seat in seats if seat.submitted_at and not seat.abstained]
    away = [seat for seat in seats if seat.submitted_at and seat.abstained]
    told = [f"应评 {len(seats)} 份，已评 {len(given)} 份，弃权 {len(away)} 份。"]
    told += [f"{seat.expert.alias} 对案例 {seat.case.number}“{seat.case.name}”弃权：{seat.comment}" for seat in away]
    return told


def _calibration(call: CaseCall) -> list[str]:
    told = []
    for one in panel_scores.calibrations(call):
        told.append(f"校准案例“{one.case.name}”，{len(one.judges)} 名专家评定。")
        told += [
            f"{judge.judge} 与商定级别平均相距 {panel_scores.shown(judge.distance)} 级{_beyond(fits=judge.fits)}。"
            for judge in one.judges
        ]
    return told or ["未设校准案例。"]


def _beyond(*, fits: bool) -> str:
    return "" if fits else "，超出允许范围"


def _unsigned(call: CaseCall, seen: int) -> PanelMinutes | None:
    found = last(call)
    if found is not None and found.signed_at is not None:
        raise Unusable("会议纪要已签署，不能再改；确有错误请修订 (the minutes have been signed: amend them).")
    _same(found, seen)
    return found


def _same(found: PanelMinutes | None, seen: int) -> None:
    if seen != (found.pk if found else 0):
        raise Unusable("别人刚刚改过会议纪要；请核对现在的内容后再保存 (changed by somebody else meanwhile).")


def _person(acting: Acting) -> Person:
    if acting.person is None:
        raise Unusable("会议纪要须由主持人本人保存和签署 (a person keeps and signs the minutes).")
    return acting.person
