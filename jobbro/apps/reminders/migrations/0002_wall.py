"""Behind the wall: a choice is one's own, a reminder is the worker's to send."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("reminders", "0001_initial"), ("accounts", "0005_guards")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
    ]
