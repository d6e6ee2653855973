"""Only the worker ends jobs by their day."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("mobility", "0002_wall"), ("reminders", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_worker.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
