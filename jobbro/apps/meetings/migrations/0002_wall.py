"""Behind the wall: the person's circle, and a company that is invited while a card or an agreement holds."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("meeting", "meetingparticipant", "meetinghelp")


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("placements", "0002_wall"), ("outbox", "0002_wall")]
    operations = [
        *(person_wall(f"meetings_{table}") for table in TABLES),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
