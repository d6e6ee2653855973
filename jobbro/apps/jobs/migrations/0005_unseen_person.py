"""A job for somebody whom the actor does not see is known to be one, so that nobody changes it blindly."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0004_closer_wall")]
    operations = [
        migrations.RunSQL((SQL / "0005_unseen.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8")),
    ]
