"""What was agreed ends once, with its reason; the company reads of it for twelve weeks more."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0008_ending")]
    operations = [
        person_wall("placements_ending"),
        migrations.RunSQL(
            (SQL / "0009_ending_wall.sql").read_text("utf-8"), (SQL / "0009_undo.sql").read_text("utf-8")
        ),
    ]
