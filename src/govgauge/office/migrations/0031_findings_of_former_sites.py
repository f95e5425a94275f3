from typing import Any

from django.db import migrations, models
from django.db.models import Max


def mark(apps: Any, _editor: object) -> None:
    """Findings that were seen last on a site that has moved since."""
    visits, findings = apps.get_model("office", "Visit"), apps.get_model("office", "Finding")
    former = visits.objects.filter(superseded=True).values_list("entry_id").annotate(Max("number"))
    for entry, number in former.order_by():
        findings.objects.filter(entry_id=entry, last_visit__lte=number).update(superseded=True)


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0030_entries_in_several_systems"),
    ]

    operations = [
        migrations.AddField(
            model_name="finding",
            name="superseded",
            field=models.BooleanField(default=False, help_text="网站此后换了地址或已关，只作历史"),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
