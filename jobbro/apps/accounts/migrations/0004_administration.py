"""Units, teams and roles change only at the hands of those who administer them, and never one's own."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_one_time_password"), ("organisations", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_administration.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
