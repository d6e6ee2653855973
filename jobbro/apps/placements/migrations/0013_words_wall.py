"""The words about a way into a job behind the wall, where no company reaches."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0012_words")]
    operations = [
        person_wall("placements_onboardingplanwords"),
        person_wall("placements_onboardingtaskwords"),
        migrations.RunSQL((SQL / "0013_words_wall.sql").read_text("utf-8"), (SQL / "0013_undo.sql").read_text("utf-8")),
    ]
