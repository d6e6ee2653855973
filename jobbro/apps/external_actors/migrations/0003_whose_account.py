"""A login at a partner has an account of its own; one that was replaced is closed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("external_actors", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_whose_account.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")
        ),
    ]
