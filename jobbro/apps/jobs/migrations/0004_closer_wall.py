"""Wages, searches and confirmations hang where they belong, and a company sees no draft that came to nothing."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0003_task_in_job"), ("employers", "0004_holding")]
    operations = [
        migrations.RunSQL((SQL / "0004_closer.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
