import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("office", "0028_reviews_of_batches")]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="batch",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="reviews", to="office.batch"
            ),
        ),
    ]
