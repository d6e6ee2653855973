"""A pair of today that never was is taken away by the lead of the unit; the history keeps it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("teams", "0003_handovers_called_off")]
    operations = [
        migrations.RunSQL(
            "create policy led_end on teams_buddypair for delete using (team_id in"
            " (select t.id from organisations_team t where t.unit_id = any((select app_led_units())::uuid[])))",
            "drop policy led_end on teams_buddypair",
        ),
    ]
