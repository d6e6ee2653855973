"""Behind the wall: a saved filter is the person's own."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("worklist", "0001_initial"), ("accounts", "0006_employer_accounts")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
    ]
