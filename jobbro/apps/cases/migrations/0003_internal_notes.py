"""Internal working notes are behind the wall too: the citizen they are about reads the shared ones only."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_wall")]
    operations = [
        migrations.RunSQL(
            "create policy shared_or_staff on cases_note as restrictive for select"
            " using (is_shared or citizen_id is distinct from (select app_self()))",
            "drop policy shared_or_staff on cases_note",
        ),
    ]
