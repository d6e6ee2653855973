"""The worker closes jobs whose day has passed; it sees nothing of the companies."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0007_openings_wall")]
    operations = [
        migrations.RunSQL((SQL / "0008_closing.sql").read_text("utf-8"), (SQL / "0008_undo.sql").read_text("utf-8")),
    ]
