"""Key persons count over their unit without seeing who it is."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_refresh")]
    operations = [
        migrations.RunSQL(
            (SQL / "0005_key_persons.sql").read_text("utf-8"),
            (SQL / "0005_undo.sql").read_text("utf-8"),
        ),
    ]
