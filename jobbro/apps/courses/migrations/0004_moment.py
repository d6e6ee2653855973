"""A list is settled by the day it is."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("courses", "0003_teacher")]
    operations = [
        migrations.RunSQL((SQL / "0004_moment.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
