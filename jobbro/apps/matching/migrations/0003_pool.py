"""The pool of open jobs can be followed, and the worker learns whose file for matching is out of date."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_wall"), ("jobs", "0007_openings_wall"), ("cases", "0004_guards")]
    operations = [
        migrations.RunSQL((SQL / "0003_pool.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
