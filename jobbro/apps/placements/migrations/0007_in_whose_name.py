"""In whose name words and signatures stand, and what a company reads after the citizen has given another card."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0006_follow_the_no")]
    operations = [
        migrations.RunSQL(
            (SQL / "0007_in_whose_name.sql").read_text("utf-8"), (SQL / "0007_undo.sql").read_text("utf-8")
        ),
    ]
