"""Behind the wall: the person's own circle; the company reads and writes its own answers; a link opens one talk."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("talk", "talklink", "helprequest", "sickleave", "signalanswer")


class Migration(migrations.Migration):
    dependencies = [
        ("follow_up", "0001_initial"),
        ("placements", "0007_in_whose_name"),
        ("applications", "0006_own_deadlines"),
    ]
    operations = [
        *(person_wall(f"follow_up_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
