from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def batches_of_reviews(apps: Any, _editor: Any) -> None:
    """Give each review the batch of its coding."""
    reviews, codings = apps.get_model("office", "Review"), apps.get_model("office", "Coding")
    of_coding = codings.objects.filter(id=models.OuterRef("coding_id")).values("assignment__batch_id")
    reviews.objects.update(batch_id=models.Subquery(of_coding))


class Migration(migrations.Migration):
    dependencies = [("office", "0027_sums_of_evidence")]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="assignment_of_coder"),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["round", "batch", "person", "indicator", "state", "due"], name="assignment_on_board"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="batch",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="office.batch"
            ),
        ),
        migrations.RunPython(batches_of_reviews, migrations.RunPython.noop),
    ]
