"""How a round is reviewed: what becomes of codings that agree, and when a batch goes to re-training."""

from decimal import Decimal

from django.db import transaction

from govgauge.errors import Unusable
from govgauge.office.domain.acting import Acting, noted
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Agreed, ReviewPolicy, Round

ALPHA_BELOW = Decimal("0.667")
"""Below it, Krippendorff (Content Analysis, 2004, p. 241) would draw no conclusions at all."""
REJECTION_ABOVE = Decimal("0.2")
FEWEST = 10


def of(round_: Round) -> ReviewPolicy:
    """The policy that holds; where nothing was set, one that is not saved."""
    set_ = ReviewPolicy.objects.filter(round=round_).order_by("-id").first()
    return set_ or ReviewPolicy(
        round=round_, agreed=Agreed.AT_ONCE, alpha_below=ALPHA_BELOW, rejection_above=REJECTION_ABOVE, fewest=FEWEST
    )


@transaction.atomic
def change(
    acting: Acting,
    round_: Round,
    *,
    agreed: str,
    alpha_below: Decimal | None,
    rejection_above: Decimal | None,
    fewest: int,
) -> ReviewPolicy:
    """Review the round by other rules from now on; those before stay as history. Raises Unusable."""
    acting.need(Verb.PLAN_COLLECTION, round_=round_)
    if agreed not in Agreed.values:
        raise Unusable("请选择一致的答案如何采用 (choose what becomes of answers that agree).")
    if alpha_below is not None and not -1 <= alpha_below <= 1:
        raise Unusable(f"信度阈值应在 -1 至 1 之间，不是 {alpha_below} (alpha is -1 to 1).")
    if rejection_above is not None and not 0 <= rejection_above <= 1:
        raise Unusable(f"退回率阈值应在 0 至 1 之间，不是 {rejection_above} (a rate is 0 to 1).")
    if not 2 <= fewest <= 1000:
        raise Unusable(f"至少要有 2 至 1000 对才比较，不是 {fewest} (2 to 1000 pairs).")
    made = ReviewPolicy(
        round=round_,
        agreed=agreed,
        alpha_below=alpha_below,
        rejection_above=rejection_above,
        fewest=fewest,
        by=acting.person,
    )
    with noted(acting, "review.policy", made, round_=round_):
        made.save()
    return made
