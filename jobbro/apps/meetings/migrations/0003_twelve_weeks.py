"""A company reads the meetings of a job that has ended for twelve weeks more."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_wall"), ("placements", "0009_ending_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_twelve_weeks.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")
        ),
    ]
