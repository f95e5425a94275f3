"""The office's part in putting findings right: propose, review, notify, decide, postpone, urge."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from govgauge.errors import Unusable
from govgauge.office.domain import notices, work_counts
from govgauge.office.domain import settings as round_settings
from govgauge.office.domain.acting import Acting
from govgauge.office.domain.notices import Facts
from govgauge.office.domain.permissions import Verb
from govgauge.office.domain.remedy_deadlines import WAITED, due_from, waited
from govgauge.office.domain.remedy_steps import MOST_AT_ONCE, Done, fit, locked, of_others, set_deadline, step, told
from govgauge.office.models import Entry, Finding, Remedy, RemedyState, RemedyStep, RemedyStepKind, Round, Standing
from govgauge.office.remedy_rules import MAY, REVIEWED_TWICE, fingerprint

NAMES_SHOWN = 10
"""Bodies that a sentence names."""
Versions = Mapping[int, int]
"""Of remedies by number: the versions that the person saw."""


@transaction.atomic
def notify(acting: Acting, round_: Round, findings: Sequence[int], due: date | None = None, note: str = "") -> Done:
    """Send findings to the bodies that have to put them right by a day; those that two people look at are proposed.

    Raises NotAllowed; Unusable for a day in the past or too many at once.
    """
    acting.need(Verb.NOTIFY_FINDING, round_=round_)
    today = timezone.localdate()
    due = due or due_from(round_settings.of(round_).remedies, today)
    if due < today:
        raise Unusable(f"整改期限 {due} 已经过去；请改为今天以后的日期 (the deadline is in the past).")
    bounded(findings)
    made, left_out = [], []
    found = Finding.objects.select_for_update(of=("self",)).filter(id__in=findings, entry__round=round_)
    taken = set(Remedy.objects.filter(finding_id__in=findings).values_list("finding_id", flat=True))
    for finding in found.select_related("entry__round").order_by("id"):
        if why := "已经处理过" if finding.id in taken else _past(finding):
            left_out.append(f"“{finding.entry.name}”的第 {finding.id} 号问题{why}，没有通知 (taken already or gone).")
            continue
        remedy = Remedy(finding=finding, round=round_, entry=finding.entry, audit=finding.audit)
        twice = finding.audit in REVIEWED_TWICE
        step(acting, remedy, RemedyStepKind.PROPOSED if twice else RemedyStepKind.NOTIFIED, note)
        set_deadline(acting, remedy, due, "通知时规定")
        made.append(remedy)
    work_counts.sent(round_, sum(remedy.finding.confirmed for remedy in made))
    _tell_notified(remedy for remedy in made if remedy.state == RemedyState.NOTIFIED)
    waiting = [remedy for remedy in made if remedy.state == RemedyState.PROPOSED]
    want_review(waiting, "表述、敏感或外链问题，通知前须第二人审核", "They are to be confirmed by a second person")
    return Done(tuple(made), tuple(left_out), _unheard(made))


@transaction.atomic
def review(
    acting: Acting, round_: Round, remedies: Sequence[int], *, agree: bool, note: str = "", seen: Versions | None = None
) -> Done:
    """The second look of the office: at a finding before it is sent, or at its end before it is closed.

    Who proposed a finding does not confirm it. Raises NotAllowed; Unusable when a refusal gives no reason.
    """
    acting.need(Verb.DECIDE_REMEDY, round_=round_)
    reasoned(agree, note)
    good, left_out = of_others(
        acting, fit(_of(round_, remedies), MAY[RemedyStepKind.SECOND_REVIEW], seen, "作二次审核")
    )
    done = []
    for remedy in good:
        before = RemedyState(remedy.state)
        proposed = remedy.steps.filter(kind=RemedyStepKind.PROPOSED).order_by("-id").first()
        if before is RemedyState.PROPOSED and proposed and acting.person and proposed.by_id == acting.person.id:
            left_out.append(f"“{remedy.entry.name}”第 {remedy.id} 号由您提请，须由另一人审核 (ask a second person).")
            continue
        by_hand = _looked_by_hand(remedy) if before is RemedyState.CONFIRMING else None
        if agree and by_hand and acting.person and by_hand.by_id == acting.person.id:
            left_out.append(f"“{told(remedy)}”由您人工核查，须由另一人确认 (ask a second person).")
            continue
        step(
            acting,
            remedy,
            RemedyStepKind.SECOND_REVIEW,
            ("同意" if agree else "不同意") + (f"：{note}" if note else ""),
        )
        if before is RemedyState.PROPOSED:
            step(acting, remedy, RemedyStepKind.NOTIFIED if agree else RemedyStepKind.DROPPED, note)
            if agree and proposed and (due := waited(remedy, proposed.at, timezone.localdate())):
                set_deadline(acting, remedy, due, WAITED)
        else:
            step(acting, remedy, RemedyStepKind.CLOSED if agree else RemedyStepKind.RETURNED, note)
        done.append(remedy)
    _tell_notified(remedy for remedy in done if remedy.state == RemedyState.NOTIFIED)
    tell_decided((one for one in done if one.state == RemedyState.CLOSED), "确认销号", "closed", note)
    tell_decided((one for one in done if one.state == RemedyState.CLAIMED), "不予销号，退回整改", "sent back", note)
    return Done(tuple(done), tuple(left_out), _unheard(one for one in done if one.state == RemedyState.NOTIFIED))


@transaction.atomic
def decide_explanation(
    acting: Acting, round_: Round, remedies: Sequence[int], *, agree: bool, note: str = "", seen: Versions | None = None
) -> Done:
    """Accept for a time what a body says why nothing is to be fixed, or send it back. Raises as `review`."""
    acting.need(Verb.DECIDE_REMEDY, round_=round_)
    reasoned(agree, note)
    good, left_out = of_others(acting, fit(_of(round_, remedies), MAY[RemedyStepKind.EXCUSED], seen, "对说明作决定"))
    until = timezone.localdate() + timedelta(days=round_settings.of(round_).remedies.excuse_days)
    for remedy in good:
        if agree:
            remedy.excused_until = until
            remedy.fingerprint = fingerprint(remedy.finding)
        step(acting, remedy, RemedyStepKind.EXCUSED if agree else RemedyStepKind.RETURNED, note)
    words = (
        (f"说明成立，有效至 {until}", f"accepted until {until}") if agree else ("说明不成立，请整改", "not accepted")
    )
    tell_decided(good, *words, note)
    return Done(tuple(good), tuple(left_out))


@transaction.atomic
def postpone(
    acting: Acting, round_: Round, remedies: Sequence[int], day: date, why: str, *, seen: Versions | None = None
) -> Done:
    """Set a later deadline, with a reason. Raises NotAllowed, Unusable."""
    acting.need(Verb.NOTIFY_FINDING, round_=round_)
    reasoned(False, why)
    if day < timezone.localdate():
        raise Unusable(f"新的期限 {day} 已经过去；请改为今天以后的日期 (the deadline is in the past).")
    good, left_out = of_others(acting, fit(_of(round_, remedies), MAY[RemedyStepKind.POSTPONED], seen, "延期"))
    earlier = [one for one in good if one.due is not None and day <= one.due]
    left_out += [f"“{told(one)}”的期限已经是 {one.due}，没有改早 (its deadline is no earlier)." for one in earlier]
    good = [one for one in good if one not in earlier]
    for remedy in good:
        step(acting, remedy, RemedyStepKind.POSTPONED, f"{remedy.due} → {day}：{why}")
        set_deadline(acting, remedy, day, why)
    return Done(tuple(good), tuple(left_out))


@transaction.atomic
def urge(acting: Acting, round_: Round, remedies: Sequence[int], note: str = "", seen: Versions | None = None) -> Done:
    """Urge bodies now, whatever the interval. Raises NotAllowed, Unusable."""
    acting.need(Verb.NOTIFY_FINDING, round_=round_)
    good, left_out = fit(_of(round_, remedies), MAY[RemedyStepKind.URGED], seen, "催办")
    for remedy in good:
        step(acting, remedy, RemedyStepKind.URGED, note)
    tell_urged(good)
    return Done(tuple(good), tuple(left_out))


def want_review(remedies: Iterable[Remedy], what: str, what_en: str) -> None:
    """Tell those who decide that something waits for them."""
    for entry, those in by_entry(remedies).items():
        facts: Facts = {"entry": entry.key, "count": len(those), "what": what, "what_en": what_en}
        who = notices.who_may(Verb.DECIDE_REMEDY, entry.round)
        place = f"/rounds/{entry.round.slug}/remedies/?state={those[0].state}"
        notices.tell(who, "remedy-review-wanted", facts, address=place, round_=entry.round, entry=entry)


def tell_urged(remedies: Iterable[Remedy]) -> None:
    """Tell bodies what is overdue."""
    for entry, those in by_entry(remedies).items():
        due = min(remedy.due for remedy in those if remedy.due)
        tell_body(entry, "remedy-urged", {"count": len(those), "due": f"{due}"}, "?overdue=1")


def tell_body(entry: Entry, event: str, facts: Facts, query: str = "") -> None:
    """Tell the people of a body something about its remedies."""
    place = f"/rounds/{entry.round.slug}/remedies/{query}"
    told = {"entry": entry.key, **facts}
    notices.tell(notices.of_body(entry), event, told, address=place, round_=entry.round, entry=entry)


def tell_decided(remedies: Iterable[Remedy], decision: str, decision_en: str, reason: str) -> None:
    """Tell bodies what the office decided."""
    for entry, those in by_entry(remedies).items():
        facts: Facts = {"count": len(those), "decision": decision, "decision_en": decision_en, "reason": reason}
        tell_body(entry, "remedy-decided", facts)


def by_entry(remedies: Iterable[Remedy]) -> dict[Entry, list[Remedy]]:
    """Remedies by the body that has to put them right."""
    found: defaultdict[Entry, list[Remedy]] = defaultdict(list)
    for remedy in remedies:
        found[remedy.entry].append(remedy)
    return found


def bounded(numbers: Sequence[int]) -> None:
    """Raises Unusable for nothing, or for too many at once."""
    if not numbers:
        raise Unusable("没有选中问题；请先勾选 (nothing is chosen).")
    if len(numbers) > MOST_AT_ONCE:
        raise Unusable(f"一次最多处理 {MOST_AT_ONCE} 个问题，现在选了 {len(numbers)} 个；请分几次 (too many at once).")


def reasoned(agree: bool, note: str) -> None:
    """Raises Unusable when what needs a reason has none."""
    if not agree and not note.strip():
        raise Unusable("请写明理由；对方会看到 (give a reason).")


def _looked_by_hand(remedy: Remedy) -> RemedyStep | None:
    """The look by hand for which the end of a remedy waits to be confirmed."""
    last = remedy.steps.filter(kind__in=[RemedyStepKind.BY_HAND, RemedyStepKind.GONE]).order_by("-id").first()
    return last if last and last.kind == RemedyStepKind.BY_HAND else None


def _past(finding: Finding) -> str:
    """Why nobody has to put a finding right any more, as a clause; empty where somebody has."""
    if finding.gone_since is not None:
        return "已经不在"
    if finding.superseded:
        return "属于以前的网站"
    return "" if finding.entry.standing == Standing.IN else "的单位已不参加评估"


def _unheard(sent: Iterable[Remedy]) -> tuple[str, ...]:
    """Bodies for which nobody has an account: what was sent to them nobody reads."""
    names = [entry.name for entry in by_entry(sent) if not notices.of_body(entry)]
    if not names:
        return ()
    shown = "、".join(names[:NAMES_SHOWN]) + ("等" if len(names) > NAMES_SHOWN else "")
    sentence = (
        f"{len(names)} 个单位还没有人有账号，通知没有人收到：{shown}。请在“人员和记录”中邀请 (nobody has an account)."
    )
    return (sentence,)


def _of(round_: Round, numbers: Sequence[int]) -> list[Remedy]:
    bounded(numbers)
    return [remedy for remedy in locked(numbers) if remedy.round_id == round_.id]


def _tell_notified(remedies: Iterable[Remedy]) -> None:
    for entry, those in by_entry(remedies).items():
        due = min(remedy.due for remedy in those if remedy.due)
        tell_body(entry, "finding-notified", {"count": len(those), "due": f"{due}"}, "?state=notified")
