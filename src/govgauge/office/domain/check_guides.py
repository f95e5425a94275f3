"""What the office tells collectors of a check: how it is answered, how to judge, what is good and what is not."""

from decimal import Decimal

from django.db import transaction
from msgspec import Struct

from govgauge.errors import Unusable
from govgauge.office.check_work import CheckWork
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.coding_plans import check_open
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import AnswerForm, CheckGuide, Round

LONGEST = 5000
MOST_MINUTES = 600


class Told(Struct, frozen=True, kw_only=True):
    """What is told of a check. `tolerance` is how far two answers may lie apart and still agree, 0…1."""

    form: AnswerForm
    minutes: int
    tolerance: Decimal
    how: str = ""
    good: str = ""
    bad: str = ""


@transaction.atomic
def tell(acting: Acting, round_: Round, work: CheckWork, seen: int, told: Told) -> CheckGuide:
    """Keep what is told of a check; `seen` is the version that its editor saw, 0 for none. Raises Unusable."""
    acting.need(Verb.EDIT_INDICATORS, round_=round_)
    check_open(round_)
    if not 1 <= told.minutes <= MOST_MINUTES:
        raise Unusable(f"每项分钟数应在 1 至 {MOST_MINUTES} 之间 (minutes out of range).")
    if not 0 <= told.tolerance <= 1:
        raise Unusable("容差应在 0 至 1 之间 (the tolerance is 0 to 1).")
    if any(len(text) > LONGEST for text in (told.how, told.good, told.bad)):
        raise Unusable(f"每段说明最多 {LONGEST} 字；请缩短 (a text is too long).")
    known = CheckGuide.objects.select_for_update().filter(round=round_, system=work.system, check_id=work.check).first()
    if seen != (known.version if known else 0):
        raise Unusable("别人刚改过这一条说明，您的内容没有写入；请打开新页面对照后再保存 (it was changed meanwhile).")
    guide = known or CheckGuide(round=round_, system=work.system, check_id=work.check, version=0)
    with noted(acting, "guide.tell", guide, round_=round_):
        for name in Told.__struct_fields__:
            setattr(guide, name, getattr(told, name))
        guide.version += 1
        guide.save()
    return guide
