"""A task in a carved job is not taken away beneath it, also by those who have not seen the job."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_tasks.sql").read_text("utf-8"),
            (SQL / "0003_tasks_undo.sql").read_text("utf-8"),
        ),
    ]
