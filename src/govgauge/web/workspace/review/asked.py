"""What an address of these pages names: a batch, a dispute, an answer, an objection. Others are not there."""

from django.http import Http404
from django.utils.translation import gettext as _

from govgauge.office.domain.acting import Acting
from govgauge.office.domain.permissions import Verb
from govgauge.office.models import Answer, Batch, Dispute, Objection, Round
from govgauge.web.workspace.asked import LARGEST


def batch_of(round_: Round, number: int) -> Batch:
    """A batch of a round."""
    found = Batch.objects.filter(round=round_, id=min(number, LARGEST)).select_related("round").first()
    if found is None:
        raise Http404(_("没有这个批次；请从复核页选择。"))
    return found


def dispute_of(round_: Round, number: int) -> Dispute:
    """A dispute of a round, with both codings."""
    related = ("entry__round", "batch", "first__assignment", "second__assignment", "adjudication__by")
    found = Dispute.objects.filter(round=round_, id=min(number, LARGEST)).select_related(*related).first()
    if found is None:
        raise Http404(_("没有这项分歧；请从裁定名单中选择。"))
    return found


def answer_of(round_: Round, number: int) -> Answer:
    """An accepted answer of a round."""
    found = Answer.objects.filter(round=round_, id=min(number, LARGEST)).select_related("entry__round").first()
    if found is None:
        raise Http404(_("没有这个答案；请从名单中选择。"))
    return found


def objection_of(acting: Acting, round_: Round, number: int) -> Objection:
    """An objection about an entry that somebody may see; others are not there."""
    related = ("entry__round", "round", "finding", "filed_by", "explanation")
    found = Objection.objects.filter(round=round_, id=min(number, LARGEST)).select_related(*related).first()
    if found is None or not acting.may(Verb.SEE_ENTRY, round_=round_, key=found.entry.key):
        raise Http404(_("没有这件异议；请从名单中选择。"))
    return found
