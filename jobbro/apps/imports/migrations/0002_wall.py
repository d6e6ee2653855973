"""Behind the wall: batches for those who uploaded them and the municipality's administrators."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_initial"), ("accounts", "0004_administration"), ("cases", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
    ]
