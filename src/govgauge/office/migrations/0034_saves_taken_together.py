"""What somebody saves while they type makes one row of the trail, which says until when."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("office", "0033_innovation_cases")]
    operations: ClassVar = [
        migrations.AddField("change", "until", models.DateTimeField(null=True, blank=True)),
    ]
