"""Answers of collectors beside each other, without names, each with what it rests on."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from msgspec import Struct

from govgauge.office.models import AnswerForm, Coding, CodingEvidence, Dispute
from govgauge.web.workspace.review.words import CONFIDENCES, value_words


class Side(Struct, frozen=True):
    """One of two answers, without the name of its coder."""

    title: str
    coding: Coding
    value: str
    confidence: str
    evidence: list[CodingEvidence]


def in_turn(dispute: Dispute) -> tuple[Coding, Coding]:
    """Both answers as 甲 and 乙 wherever they are shown; which is whose first is not told."""
    return (dispute.second, dispute.first) if dispute.id % 2 else (dispute.first, dispute.second)


def sides(codings: Sequence[Coding], form: AnswerForm) -> list[Side]:
    """Answers with their evidence, in one query."""
    kept = CodingEvidence.objects.filter(coding__in=codings, removed_at=None).select_related("upload", "job")
    pieces: dict[int, list[CodingEvidence]] = {}
    for piece in kept.order_by("id"):
        pieces.setdefault(piece.coding_id, []).append(piece)
    titles = (_("答案甲"), _("答案乙")) if len(codings) == 2 else (_("采集的答案"),) * len(codings)
    return [
        Side(
            title=title,
            coding=coding,
            value=value_words(coding.value, form),
            confidence=str(CONFIDENCES.get(coding.confidence, "")),
            evidence=pieces.get(coding.id, []),
        )
        for title, coding in zip(titles, codings, strict=True)
    ]
