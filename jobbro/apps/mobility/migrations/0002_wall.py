"""Behind the wall of the person: own names, own words, and no sight for any company; and the end when a day passes."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("changewish", "notice", "laststep", "experience", "observation")


class Migration(migrations.Migration):
    dependencies = [("mobility", "0001_initial"), ("placements", "0011_onboarding_wall"), ("screening", "0001_initial")]
    operations = [
        *(person_wall(f"mobility_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
