"""Work at entries that have left their round is dropped, and taken up again where they come back."""

from typing import ClassVar

from django.db import migrations, models

STATES = [
    ("open", "未开始"),
    ("draft", "填写中"),
    ("submitted", "已提交"),
    ("returned", "已退回"),
    ("accepted", "已采用"),
    ("decided", "已裁定"),
    ("dropped", "不再需要"),
]
KINDS = [
    ("planned", "已分派"),
    ("deadline", "改期限"),
    ("moved", "改派"),
    ("held", "暂停采集"),
    ("let-go", "恢复采集"),
    ("dropped", "不再采集"),
    ("taken-up", "重新采集"),
]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("office", "0035_minutes_on_board")]
    operations: ClassVar = [
        migrations.AlterField("assignment", "state", models.CharField(choices=STATES, default="open", max_length=10)),
        migrations.AlterField("batchstep", "kind", models.CharField(choices=KINDS, max_length=10)),
    ]
