"""Who picks, moves and shows: the citizen and those who work with citizens, and only jobs that they may read."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0007_stopping"), ("jobs", "0007_openings_wall")]
    operations = [
        migrations.RunSQL((SQL / "0008_whose_pick.sql").read_text("utf-8"), (SQL / "0008_undo.sql").read_text("utf-8")),
    ]
