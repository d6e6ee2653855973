"""The worker learns whose known facts are out of date."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_guards"), ("cases", "0004_guards"), ("citizens", "0003_guards")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_refresh.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
