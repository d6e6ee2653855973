"""When a talk is due by a municipality's own rhythm, for the work list."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("follow_up", "0003_answerers")]
    operations = [
        migrations.RunSQL((SQL / "0004_due_on.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
