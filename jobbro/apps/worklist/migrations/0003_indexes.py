"""Indexes for what the worklist asks of every course: read from the index alone, without the rows."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0002_wall"),
        ("cases", "0004_guards"),
        ("plans", "0004_guards"),
    ]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_indexes.sql").read_text("utf-8"),
            (SQL / "0003_undo.sql").read_text("utf-8"),
        ),
    ]
