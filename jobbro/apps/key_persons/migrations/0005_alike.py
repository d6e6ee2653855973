"""What is spelt nearly like a word is looked for in the titles."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("key_persons", "0004_where_one_works")]
    operations = [
        migrations.RunSQL((SQL / "0005_alike.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8"))
    ]
