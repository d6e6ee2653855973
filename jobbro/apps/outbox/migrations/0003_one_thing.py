"""Messages lead to pages of ours, and those about one thing are called off together."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("outbox", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_one_thing.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
