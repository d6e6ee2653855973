"""Judgements in the row of known facts come from those who assess."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_key_persons")]
    operations = [
        migrations.RunSQL(
            (SQL / "0006_judgements.sql").read_text("utf-8"),
            (SQL / "0006_undo.sql").read_text("utf-8"),
        ),
    ]
