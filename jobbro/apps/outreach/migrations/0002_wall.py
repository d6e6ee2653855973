"""Behind the wall: who was asked and what they said; figures without persons for those who lead and study."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("openinganswer", "outreachperson", "outreachcontact")


class Migration(migrations.Migration):
    dependencies = [
        ("outreach", "0001_initial"),
        ("cases", "0004_guards"),
        ("screening", "0004_guards"),
        ("plans", "0004_guards"),
        # What followed is told from the jobs too, by a function of the owner: no row of theirs is read here.
        ("placements", "0002_wall"),
    ]
    operations = [
        *(person_wall(f"outreach_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
