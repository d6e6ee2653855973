"""Behind the wall: colleagues' rows for colleagues, citizens' rows for those who may see the citizen."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import history, person_wall

SQL = Path(__file__).parent / "sql"
ABOUT_CITIZENS = ("cover", "handover", "handoverentry", "routingdecision")
ABOUT_COLLEAGUES = ("competence", "workinghours", "absence", "buddypair", "learningnote")


class Migration(migrations.Migration):
    dependencies = [("teams", "0001_initial"), ("cases", "0004_guards")]
    operations = [
        *(person_wall(f"teams_{table}") for table in ABOUT_CITIZENS),
        *(history(f"teams_{table}") for table in ABOUT_COLLEAGUES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
