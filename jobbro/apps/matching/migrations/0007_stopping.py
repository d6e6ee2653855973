"""Whoever stops a run changes nothing else of it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0006_listed_openings")]
    operations = [
        migrations.RunSQL((SQL / "0007_stopping.sql").read_text("utf-8"), (SQL / "0007_undo.sql").read_text("utf-8")),
    ]
