"""Somebody who is no contact any more learns whom to ring; a login from the workplace is tried against its number."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("employers", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0003_whom_to_ring.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")
        ),
    ]
