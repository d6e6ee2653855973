"""Behind the wall: policies, history triggers and the functions they use."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
    ]
