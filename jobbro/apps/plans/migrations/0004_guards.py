"""The wall knows who writes plans, and what of them is the citizen's."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_order_and_closing"), ("cases", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0004_guards.sql").read_text("utf-8"),
            (SQL / "0004_undo.sql").read_text("utf-8"),
        ),
    ]
