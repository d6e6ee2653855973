"""Wishes, experience and efforts to find people part at a move too."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("closing", "0002_wall"),
        ("mobility", "0002_wall"),
        ("outreach", "0002_wall"),
        ("teams", "0003_handovers_called_off"),
    ]
    operations = [
        migrations.RunSQL((SQL / "0003_mobility.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
