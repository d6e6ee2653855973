"""Own questions end with the place where one works; an invitation is for somebody one could ask."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("key_persons", "0003_directed")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_where_one_works.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")
        )
    ]
