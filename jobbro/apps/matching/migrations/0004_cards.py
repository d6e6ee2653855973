"""A card ends with its consent and with its proposal, holds a year at most, and tells who has opened it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0003_pool"), ("citizens", "0003_guards")]
    operations = [
        migrations.RunSQL((SQL / "0004_cards.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
