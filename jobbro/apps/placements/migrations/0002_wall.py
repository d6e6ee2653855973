"""Behind the wall: the person's own circle, and the company only while a card holds or an agreement binds."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("introduction", "participant", "said", "arrangement", "placement", "agreementversion", "signature")


class Migration(migrations.Migration):
    dependencies = [("placements", "0001_initial"), ("matching", "0002_wall")]
    operations = [
        *(person_wall(f"placements_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
