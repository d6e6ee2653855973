"""The parting is now, and what hangs on meetings, talks and engagements parts with them."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("closing", "0003_mobility"),
        ("meetings", "0002_wall"),
        ("follow_up", "0002_wall"),
        ("external_actors", "0002_wall"),
    ]
    operations = [
        migrations.RunSQL((SQL / "0004_parting.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
