"""The relation with a company is handed over by those who hold it, and so are logins that show wages."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("employers", "0003_whom_to_ring")]
    operations = [
        migrations.RunSQL((SQL / "0004_holding.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
    ]
