"""What was written about a meeting parts with it."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("closing", "0005_own_parted"), ("meetings", "0005_words_wall")]
    operations = [
        migrations.RunSQL((SQL / "0006_words.sql").read_text("utf-8"), (SQL / "0006_undo.sql").read_text("utf-8")),
    ]
