"""The table in which all processes together count attempts (Django's database cache)."""

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def make(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", "office_cache", database=schema_editor.connection.alias, verbosity=0)


def drop(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute("DROP TABLE office_cache")


class Migration(migrations.Migration):
    dependencies = [("office", "0007_people")]
    operations = [migrations.RunPython(make, drop)]
