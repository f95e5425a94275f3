"""The board counts the minutes of what is left, too, without looking at the rows themselves."""

from typing import ClassVar

from django.db import migrations, models

FIELDS = ["round", "batch", "person", "indicator", "state", "due", "minutes"]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("office", "0034_saves_taken_together")]
    operations: ClassVar = [
        migrations.RemoveIndex(model_name="assignment", name="assignment_on_board"),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=FIELDS, name="assignment_on_board"),
        ),
    ]
