"""The call for the cases of a round: opened, its rules changed, its phases asked for."""

from collections.abc import Mapping

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from govgauge.errors import Unusable
from govgauge.office import case_rule_locks
from govgauge.office.case_rules import CaseSettings, Category, Days
from govgauge.office.domain import case_weights, stages
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Case, CaseCall, CaseRules, CaseStep, CaseStepKind, Round

STANDING = frozenset({CaseStepKind.ADMITTED, CaseStepKind.CHOSEN, CaseStepKind.NOT_CHOSEN})
"""Steps after which a case is in the final: results come after it."""
_ENCODER = msgspec.json.Encoder(decimal_format="string")


@transaction.atomic
def open_call(acting: Acting, round_: Round, title: str, settings: Mapping[str, object]) -> CaseCall:
    """Open the call for a round's cases. Raises NotAllowed; Unusable when there is one, or its rules do not fit."""
    acting.need(Verb.RUN_ROUND, round_=round_)
    if not title.strip():
        raise Unusable("请填写案例征集的名称 (a title is needed).")
    made = CaseCall(round=round_, title=title.strip()[:120], opened_by=acting.person)
    try:
        with transaction.atomic(), noted(acting, "case-call.open", made, round_=round_):
            made.save()
    except IntegrityError:
        raise Unusable(f"“{round_.title}”已有案例征集 (there is a call already).") from None
    change_rules(acting, made, settings)
    return made


@transaction.atomic
def change_rules(acting: Acting, call: CaseCall, settings: Mapping[str, object]) -> CaseSettings:
    """Go by other rules from now on; those before stay as history. Raises NotAllowed, Unusable.

    What people judge or vote by already stands (`case_rule_locks`).
    """
    acting.need(Verb.RUN_ROUND, round_=call.round)
    rules = checked(settings)
    CaseCall.objects.select_for_update(no_key=True).get(pk=call.pk)
    if broken := case_rule_locks.broken(rules_of(call), rules, stages.today(), counted=call.counts.exists()):
        raise Unusable(broken[0])
    used = set(call.cases.exclude(category="").values_list("category", flat=True))
    if gone := used - {category.slug for category in rules.categories}:
        raise Unusable(f"已有案例属于这些类别，不能去掉：{'、'.join(sorted(gone))} (cases are in these categories).")
    made = CaseRules(call=call, settings=msgspec.json.decode(_ENCODER.encode(rules)), by=acting.person)
    with noted(acting, "case-call.rules", made, round_=call.round):
        made.save()
    case_weights.reckon_again(call, rules)
    return rules


def rules_of(call: CaseCall) -> CaseSettings:
    """The rules that hold."""
    kept = call.rules.order_by("-id").values_list("settings", flat=True).first() or {}
    return msgspec.convert(kept, CaseSettings, strict=False)


def checked(settings: Mapping[str, object]) -> CaseSettings:
    """Rules as values, in themselves without contradiction. Raises Unusable."""
    try:
        rules = msgspec.convert(dict(settings), CaseSettings, strict=False)
    except msgspec.ValidationError as error:
        raise Unusable(f"案例评选办法不能用：{error} (unusable rules).") from None
    slugs = [category.slug for category in rules.categories]
    if len(set(slugs)) != len(slugs):
        raise Unusable("案例类别的标识有重复，请改成各不相同 (slugs of categories repeat).")
    case_weights.check(rules)
    families = {category.family for category in rules.categories}
    for limit in rules.chosen:
        if limit.family not in families:
            raise Unusable(
                f"入选数写给了没有的案例大类“{limit.family}”；已有：{'、'.join(sorted(families)) or '（无）'}。"
            )
    for name, days in (("推荐", rules.nomination), ("专家评审", rules.panel), ("公众投票", rules.vote)):
        if days is not None and days.ends < days.starts:
            raise Unusable(f"{name}的止日 {days.ends} 早于起日 {days.starts}，请改正 (ends before it begins).")
    return rules


def category_of(rules: CaseSettings, slug: str) -> Category:
    """A category of the rules. Raises Unusable."""
    found = next((category for category in rules.categories if category.slug == slug), None)
    if found is None:
        known = "、".join(category.name for category in rules.categories)
        raise Unusable(f"没有案例类别“{slug}”；可选：{known} (no such category).")
    return found


def closed_why(days: Days | None, what: str) -> str:
    """Why a phase is not open today; empty when it is. A phase without days is closed."""
    if days is None:
        return f"{what}的时间还没有定 (no days have been set)."
    if not days.starts <= stages.today() <= days.ends:
        return f"{what}的时间是 {days.starts} 至 {days.ends}，现在不能进行 (not within its days)."
    return ""


def in_the_final(call: CaseCall) -> QuerySet[Case]:
    """Cases that came through screening, whatever the result said of them; not those for calibration."""
    passed = [number for number, state in states(call).items() if state in STANDING]
    return Case.objects.filter(pk__in=passed, is_calibration=False)


def states(call: CaseCall) -> dict[int, CaseStepKind]:
    """By case, the last thing that happened to it; one query. A change of category tells nothing of where it stands."""
    told = CaseStep.objects.filter(case__call=call).exclude(kind=CaseStepKind.RECATEGORISED).order_by("id")
    return {case: CaseStepKind(kind) for case, kind in told.values_list("case_id", "kind")}
