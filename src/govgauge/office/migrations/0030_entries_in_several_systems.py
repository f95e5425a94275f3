from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0029_reviews_have_batches"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="entry",
            name="entry_once_a_round",
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.UniqueConstraint(fields=("round", "key", "system"), name="entry_once_a_system"),
        ),
        migrations.AlterField(
            model_name="entry",
            name="key",
            field=models.CharField(help_text="上级与名称，在一个指标体系内不重复", max_length=400),
        ),
    ]
