"""Behind the wall: policies, history triggers and the functions they use."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("citizens", "0002_wall")]
    operations = [
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
        person_wall("cases_casemember"),
        person_wall("cases_note"),
        person_wall("cases_breakglass"),
        person_wall("cases_lookquestion"),
    ]
