"""Registering gives sight for an hour and no longer, and nobody takes a citizen's place."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("citizens", "0002_wall"), ("cases", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_guards.sql").read_text("utf-8"),
            (SQL / "0003_undo.sql").read_text("utf-8"),
        ),
    ]
