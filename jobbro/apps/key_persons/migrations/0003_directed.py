"""A question directed to one person is theirs; the marks of names follow an entry."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("key_persons", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_directed.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8"))
    ]
