"""Behind the wall: the person's own circle, and whoever runs the session; seats counted where they are taken."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import history, person_wall

SQL = Path(__file__).parent / "sql"
PERSONS = ("enrolment", "attendance", "courseoutcome")
COURSES = ("course", "material", "session", "lesson")


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_initial"), ("cases", "0004_guards"), ("plans", "0004_guards")]
    operations = [
        *(person_wall(f"courses_{table}") for table in PERSONS),
        *(history(f"courses_{table}") for table in COURSES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
