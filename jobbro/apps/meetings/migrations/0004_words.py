"""What is written about a meeting for the citizen and their circle stands apart from what a company reads."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import jobbro.apps.audit.ids

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("citizens", "0003_guards"), ("meetings", "0003_twelve_weeks")]
    operations = [
        migrations.CreateModel(
            name="MeetingWords",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="words", to="meetings.meeting"
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveConstraint(model_name="meeting", name="meeting_cancelled_has_reason"),
        migrations.RunSQL((SQL / "0004_words.sql").read_text("utf-8"), (SQL / "0004_undo.sql").read_text("utf-8")),
        migrations.RemoveField(model_name="meeting", name="about"),
        migrations.RemoveField(model_name="meeting", name="reason"),
    ]
