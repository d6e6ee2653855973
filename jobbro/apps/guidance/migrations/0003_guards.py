"""The wall knows who tells facts, who assesses, and who keeps guidance."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0002_wall"), ("screening", "0004_guards")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_guards.sql").read_text("utf-8"),
            (SQL / "0003_undo.sql").read_text("utf-8"),
        ),
    ]
