"""A no to the proposal is a no to the meeting that was planned and to the agreement that was not signed."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_named_support"), ("matching", "0004_cards")]
    operations = [
        migrations.RunSQL(
            (SQL / "0006_follow_the_no.sql").read_text("utf-8"), (SQL / "0006_undo.sql").read_text("utf-8")
        ),
    ]
