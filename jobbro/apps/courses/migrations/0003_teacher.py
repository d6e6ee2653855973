"""The name of whoever runs a session, for those who see the session."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("courses", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_teacher.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
