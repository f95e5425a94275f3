"""Accepted answers can be reopened: they hold no longer, and two coders may disagree once more."""

from typing import ClassVar

from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

KINDS = [
    ("drafted", "开始填写"),
    ("submitted", "提交"),
    ("taken-back", "取回修改"),
    ("returned", "退回"),
    ("resubmitted", "重新提交"),
    ("accepted", "采用"),
    ("decided", "裁定"),
    ("reopened", "重新打开"),
]
INDEXES = {
    "answer_of_round": ["round", "-id"],
    "answer_of_indicator": ["round", "indicator", "-id"],
    "answer_by_source": ["round", "source", "-id"],
}


class Migration(migrations.Migration):
    dependencies: ClassVar = [("office", "0041_remedies_by_hand")]
    operations: ClassVar = [
        migrations.RemoveConstraint("dispute", "one_dispute_a_check"),
        *(migrations.RemoveIndex("answer", name) for name in INDEXES),
        migrations.AddField("answer", "holds", models.BooleanField(default=True)),
        migrations.AddField("answerstep", "holds", models.BooleanField(default=True)),
        migrations.AlterField("codingstep", "kind", models.CharField(choices=KINDS, max_length=12)),
        *(
            migrations.AlterField(
                "dispute",
                side,
                models.ForeignKey(on_delete=PROTECT, related_name=f"disputes_as_{side}", to="office.coding"),
            )
            for side in ("first", "second")
        ),
        *(
            migrations.AddIndex("answer", models.Index(fields=fields, name=name, condition=Q(holds=True)))
            for name, fields in INDEXES.items()
        ),
        migrations.AddConstraint(
            "dispute",
            models.UniqueConstraint(
                fields=["entry", "check_id"], condition=Q(decided_at=None), name="one_open_dispute_a_check"
            ),
        ),
    ]
