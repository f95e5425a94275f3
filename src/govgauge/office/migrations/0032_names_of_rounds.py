import re
from typing import Any

from django.db import migrations

NAME = re.compile(r"[A-Za-z0-9_-]{1,60}")


def rename(apps: Any, _editor: object) -> None:
    """A name that can stand in no address was taken until now; it goes on as the title where there was no other."""
    rounds = apps.get_model("office", "Round")
    taken = set(rounds.objects.values_list("slug", flat=True))
    for row in rounds.objects.order_by("id"):
        if NAME.fullmatch(row.slug):
            continue
        name = f"round-{row.id}"
        while name in taken:
            name += "-x"
        taken.add(name)
        rounds.objects.filter(id=row.id).update(slug=name)


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0031_findings_of_former_sites"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
