"""Sight for a while cannot be made lasting, and each writes only what is theirs to write."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_internal_notes")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_guards.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
