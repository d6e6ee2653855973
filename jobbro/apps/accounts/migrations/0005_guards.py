"""Administrators stay in their own municipalities, and only they add employees."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_administration")]
    operations = [
        migrations.RunSQL(
            (SQL / "0005_guards.sql").read_text("utf-8"),
            (SQL / "0005_undo.sql").read_text("utf-8"),
        ),
    ]
