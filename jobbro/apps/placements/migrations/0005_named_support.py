"""Support in a wording has its name, so that a later catalogue changes no agreement."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0004_noted_by")]
    operations = [
        migrations.RunSQL(
            (SQL / "0005_named_support.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8")
        ),
    ]
