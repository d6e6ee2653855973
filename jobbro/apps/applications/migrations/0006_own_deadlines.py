"""Municipalities add their own deadlines; an application says by which of them its day was counted."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("applications", "0005_own_deadline")]
    operations = [
        migrations.RunSQL(
            (SQL / "0006_own_deadlines.sql").read_text("utf-8"),
            (SQL / "0006_undo.sql").read_text("utf-8"),
        ),
    ]
