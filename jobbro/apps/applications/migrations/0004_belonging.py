"""What hangs on an application is about its citizen, and what was sent stands."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("applications", "0003_guards")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_belonging.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
