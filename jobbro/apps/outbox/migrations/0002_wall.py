"""Behind the wall: a message is its receiver's, the circle's and the worker's; a choice is the circle's."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial"), ("cases", "0002_wall"), ("reminders", "0002_wall")]
    operations = [
        person_wall("outbox_messagechoice"),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
