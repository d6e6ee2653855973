"""Behind the wall: somebody outside reads the engagements they are named on, while the citizen agrees and they hold."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("engagement", "engagementperson", "engagementapproval", "engagemententry")


class Migration(migrations.Migration):
    dependencies = [
        ("external_actors", "0001_initial"),
        ("accounts", "0007_external_accounts"),
        ("employers", "0004_holding"),
        ("cases", "0004_guards"),
    ]
    operations = [
        *(person_wall(f"external_actors_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
