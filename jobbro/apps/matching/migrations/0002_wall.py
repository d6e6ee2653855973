"""Behind the wall: files and lists for the worker of the night, proposals for those around a person, cards for a company."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import history, person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0001_initial"), ("jobs", "0007_openings_wall")]
    operations = [
        person_wall("matching_personfile"),
        person_wall("matching_proposal"),
        person_wall("matching_proposalstep"),
        person_wall("matching_card"),
        history("matching_matchrun"),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
