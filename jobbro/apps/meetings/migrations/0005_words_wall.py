"""The words about a meeting behind the wall, where no company reaches."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_words")]
    operations = [
        person_wall("meetings_meetingwords"),
        migrations.RunSQL((SQL / "0005_words_wall.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8")),
    ]
