"""Behind the wall: endings, handovers to another municipality, and what of before a move nobody there reads."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("closing", "0001_initial"),
        ("applications", "0006_own_deadlines"),
        ("guidance", "0006_judgements"),
        ("placements", "0009_ending_wall"),
        ("courses", "0002_wall"),
        ("teams", "0002_wall"),
        ("external_actors", "0002_wall"),
        ("follow_up", "0002_wall"),
        ("meetings", "0002_wall"),
        ("key_persons", "0002_wall"),
    ]
    operations = [
        *(person_wall(f"closing_{table}") for table in ("closing", "lastword", "reopening")),
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
    ]
