"""An effort's result counts all or the reader's own, from the same newest contact as the list."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("outreach", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_one_truth.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8"))
    ]
