"""Behind the wall: companies for their municipality's staff and for their own people."""

from pathlib import Path

from django.db import migrations

from jobbro.apps.employers.wall import SHARED, SHOWN, company_wall, shown_when

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0001_initial"),
        ("accounts", "0006_employer_accounts"),
        ("cases", "0004_guards"),
    ]
    operations = [
        migrations.RunSQL((SQL / "0002_wall.sql").read_text("utf-8"), (SQL / "0002_undo.sql").read_text("utf-8")),
        company_wall("employers_workplace", SHOWN),
        company_wall("employers_contactperson", SHOWN),
        company_wall("employers_talk", shown_when("is_shared")),
        company_wall("employers_yearlytalk", SHOWN),
        company_wall("employers_partneragreement", SHOWN),
        company_wall("employers_promise", SHOWN),
        company_wall("employers_recruitmentneed", SHARED),
        migrations.RunSQL(
            (SQL / "0002_guards.sql").read_text("utf-8"), (SQL / "0002_guards_undo.sql").read_text("utf-8")
        ),
    ]
