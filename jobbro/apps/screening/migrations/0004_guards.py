"""The wall knows who speaks in a dialogue, and for whom."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("screening", "0003_answer_numbers"), ("cases", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_guards.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
