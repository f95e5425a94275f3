from typing import Any

from django.db import migrations, models


def take_over(apps: Any, _editor: object) -> None:
    """What is known of visits until now is the sum of their archive."""
    visits = apps.get_model("office", "Visit")
    for visit in visits.objects.exclude(archive_sha256="").only("archive_sha256").iterator():
        visits.objects.filter(id=visit.id).update(sums={"archive.warc.gz": visit.archive_sha256})


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0026_coder_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="sums",
            field=models.JSONField(default=dict, help_text="接收时各材料文件的 SHA-256，见 intact.py"),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="visit", name="archive_sha256"),
    ]
