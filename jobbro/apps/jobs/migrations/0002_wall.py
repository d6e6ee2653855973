"""Behind the wall: tasks for both sides, wages for few, carvings for staff, and persons behind the person's wall."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.audit.wall import person_wall
from jobbro.apps.employers.wall import KEPT, OWN, SHARED, STAFF, Sight, company_wall

SQL = Path(__file__).parent / "sql"
WAGES = "company_id in (select unnest(app_wage_companies()))"
OFFERED = "select unnest(app_offered_jobs())"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_initial"), ("employers", "0002_wall"), ("screening", "0004_guards")]
    operations = [
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
        company_wall("jobs_holder", SHARED),
        company_wall("jobs_holderwage", Sight(seen=WAGES, kept=WAGES)),
        company_wall(
            "jobs_task", Sight(seen=f"{SHARED.seen} or id in (select unnest(app_offered_tasks()))", kept=SHARED.kept)
        ),
        company_wall(
            "jobs_carving",
            Sight(
                seen=f"{STAFF} and {WAGES} and app_sees_carving(id)",
                kept=f"{KEPT} and {WAGES} and app_sees_carving(id)",
            ),
        ),
        company_wall(
            "jobs_carvedjob",
            Sight(
                seen=f"{STAFF} or ({OWN} and state <> 'draft') or id in ({OFFERED})",
                kept=f"{KEPT} or ({OWN} and state in ('agreed', 'declined'))",
            ),
        ),
        company_wall(
            "jobs_carvedtask",
            Sight(
                seen=f"{STAFF} or ({OWN} and job_id in (select unnest(app_shown_jobs()))) or job_id in ({OFFERED})",
                kept=f"{KEPT} or ({OWN} and job_id in (select unnest(app_shown_jobs())))",
            ),
        ),
        company_wall(
            "jobs_carvedsupport",
            Sight(
                seen=f"{STAFF} or ({OWN} and is_shown and job_id in (select unnest(app_shown_jobs()))) or job_id in ({OFFERED})",
                kept=KEPT,
            ),
        ),
        person_wall("jobs_workwish"),
        person_wall("jobs_carvingperson"),
        person_wall("jobs_carvedfor"),
        migrations.RunSQL(
            (SQL / "0002_guards.sql").read_text("utf-8"), (SQL / "0002_guards_undo.sql").read_text("utf-8")
        ),
    ]
