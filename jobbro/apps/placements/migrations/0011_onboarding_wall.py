"""The way into a job: the company reads and ticks what is marked for it, and the citizen approves the words about them."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("placements", "0010_onboarding")]
    operations = [
        person_wall("placements_onboardingplan"),
        person_wall("placements_onboardingtask"),
        migrations.RunSQL(
            (SQL / "0011_onboarding_wall.sql").read_text("utf-8"), (SQL / "0011_undo.sql").read_text("utf-8")
        ),
    ]
