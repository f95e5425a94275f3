"""Documents tell of which material and edition they were made; a new one stands beside the one before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0052_walls")]

    operations = [
        migrations.AddField(
            model_name="publisheddocument",
            name="made_of",
            field=models.CharField(blank=True, help_text="材料和程序的校验值", max_length=64),
        ),
    ]
