"""Indexes in the order in which the sources of the worklist are compared with each other."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("worklist", "0003_indexes"),
        ("cases", "0004_guards"),
        ("citizens", "0002_wall"),
        ("plans", "0004_guards"),
        ("screening", "0002_wall"),
    ]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_in_order.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
