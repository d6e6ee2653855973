"""Behind the wall: the register for colleagues, questions for asker, advisers and lead, knowledge for staff."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import history, person_wall

SQL = Path(__file__).parent / "sql"
TABLES = ("advicemodel", "adviser", "away", "question", "turn", "entry")


class Migration(migrations.Migration):
    dependencies = [("key_persons", "0001_initial"), ("cases", "0004_guards")]
    operations = [
        person_wall("key_persons_invitation"),
        *(history(f"key_persons_{table}") for table in TABLES),
        migrations.RunSQL(
            (SQL / "0002_wall.sql").read_text("utf-8") + (SQL / "0002_knowledge.sql").read_text("utf-8"),
            (SQL / "0002_undo.sql").read_text("utf-8"),
        ),
    ]
