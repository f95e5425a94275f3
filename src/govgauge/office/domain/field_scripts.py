"""Scripts of field tests: written in versions, looked at for harm, filled in; and what a round settles about tests."""

from datetime import date
from string import Formatter

from django.db import transaction
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.coding_plans import check_open
from govgauge.office.domain.permissions import Verb
from govgauge.office.field_rules import rules
from govgauge.office.models import Entry, FieldKind, FieldPolicy, FieldScript, Round

LONGEST = 4000
"""Characters of a script."""
PLACES = ("单位", "上级", "年份", "网址", "日期")
"""What may stand in braces."""


class Script(Struct, frozen=True, kw_only=True):
    """What a version of a script says."""

    name: str
    check_id: str
    kind: FieldKind
    text: str


class ScriptClash(Unusable):
    """Somebody else wrote a version meanwhile. `known` is that one."""

    def __init__(self, known: FieldScript) -> None:
        super().__init__(
            f"“{known.name}”刚才已由他人存为第 {known.version} 版，您的文字没有写入；请对照后保存 (changed elsewhere)."
        )
        self.known = known


@transaction.atomic
def write(acting: Acting, round_: Round, script: Script, seen: int) -> FieldScript:
    """Write the next version of a script; `seen` is the version that was read, 0 for a new one.

    The same text again writes nothing. Raises Unusable, ScriptClash.
    """
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    check_open(round_)
    check(script)
    Round.objects.select_for_update().get(pk=round_.pk)
    last = latest(round_, script.name)
    if last is not None and (last.text, last.check_id, last.kind) == (script.text, script.check_id, script.kind):
        return last
    if seen != (last.version if last else 0):
        raise ScriptClash(last or FieldScript(name=script.name, version=0))
    made = FieldScript(
        round=round_,
        name=script.name,
        check_id=script.check_id,
        kind=script.kind,
        text=script.text,
        version=seen + 1,
        by=acting.person,
    )
    with noted(acting, "field-script.write", made, round_=round_):
        made.save()
    return made


def latest(round_: Round, name: str) -> FieldScript | None:
    """The version of a script that holds."""
    return round_.field_scripts.filter(name=name).order_by("-version").first()


def check(script: Script) -> None:
    """Raises Unusable for a script that cannot be filled in, or that would do harm."""
    if not script.name.strip() or not script.text.strip():
        raise Unusable("请填写话术的名称和正文 (a script needs a name and a text).")
    if len(script.text) > LONGEST:
        raise Unusable(f"正文有 {len(script.text)} 字，最多 {LONGEST} 字；请缩短 (the script is too long).")
    try:
        named = {name for _, name, _, _ in Formatter().parse(script.text) if name is not None}
    except ValueError:
        raise Unusable("正文中的花括号没有成对；请写成 {单位} 这样 (braces do not match).") from None
    if unknown := sorted(named - set(PLACES)):
        known = "、".join(f"{{{name}}}" for name in PLACES)
        raise Unusable(f"正文中的“{{{unknown[0]}}}”不能代入；可用：{known} (unknown placeholder).")
    for word in rules().refused:
        if word in script.text:
            raise Unusable(
                f"正文中有“{word}”：真实的受理会占用处置力量，或构成不实陈述；请改用不造成实际后果的问题 (may do harm)."
            )


def filled(script: FieldScript, entry: Entry, day: date) -> str:
    """A script as it goes to a body."""
    facts = {
        "单位": entry.name,
        "上级": entry.parent,
        "年份": str(entry.round.as_of.year),
        "网址": entry.url,
        "日期": str(day),
    }
    return script.text.format_map(facts)


def policy_of(round_: Round) -> FieldPolicy:
    """What holds in a round: its last settlement, or that of the rules."""
    found = round_.field_policies.order_by("-id").first()
    return found or FieldPolicy(round=round_, monthly_limit=rules().monthly_limit, remind_days=rules().remind_days)


@transaction.atomic
def settle(acting: Acting, round_: Round, monthly_limit: int, enquiry_workdays: int | None, remind_days: int) -> None:
    """Settle how many tests a body gets, how long enquiries may take, and when people are reminded. Raises Unusable."""
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    check_open(round_)
    if not 1 <= monthly_limit <= 20:
        raise Unusable("每个单位每月的实测数应在 1 至 20 之间 (1 to 20 tests a month).")
    if enquiry_workdays is not None and not 1 <= enquiry_workdays <= 120:
        raise Unusable("咨询的答复期限应在 1 至 120 个工作日之间，留空则按规则 (1 to 120 working days).")
    if not 0 <= remind_days <= 30:
        raise Unusable("提醒应在到期前 0 至 30 个工作日 (0 to 30 working days).")
    made = FieldPolicy(
        round=round_,
        monthly_limit=monthly_limit,
        enquiry_workdays=enquiry_workdays,
        remind_days=remind_days,
        by=acting.person,
    )
    with noted(acting, "field-policy.settle", made, round_=round_):
        made.save()
