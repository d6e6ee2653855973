"""Who has moved is told of those whom one may see, and of nobody else."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("closing", "0004_parting")]
    operations = [
        migrations.RunSQL((SQL / "0005_own_parted.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8")),
    ]
