"""Open jobs are for everybody who seeks, what is public for the whole world, and the rest for those who keep it."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.employers.wall import KEPT, OWN, STAFF, Sight, company_wall

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0006_openings")]
    operations = [
        company_wall("jobs_opening", Sight(seen=f"{STAFF} or {OWN}", kept=f"{KEPT} or ({OWN} and not is_reserved)")),
        migrations.RunSQL((SQL / "0007_openings.sql").read_text("utf-8"), (SQL / "0007_undo.sql").read_text("utf-8")),
    ]
