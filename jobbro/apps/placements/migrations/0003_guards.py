"""What the wall itself holds: agreed only by signatures, support only as shown on a card, signed only as it stands."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0002_wall")]
    operations = [
        migrations.RunSQL((SQL / "0003_guards.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
