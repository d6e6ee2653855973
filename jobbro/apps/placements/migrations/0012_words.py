"""What staff write about a way into a job for the citizen and their circle stands apart from what a company reads."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import jobbro.apps.audit.ids

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("citizens", "0003_guards"), ("placements", "0011_onboarding_wall")]
    operations = [
        migrations.CreateModel(
            name="OnboardingPlanWords",
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
                    "plan",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="placements.onboardingplan",
                    ),
                ),
                ("start_note", models.CharField(blank=True, max_length=200)),
                ("briefing_on_behalf", models.CharField(blank=True, max_length=200)),
                ("briefing_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="OnboardingTaskWords",
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
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="words",
                        to="placements.onboardingtask",
                    ),
                ),
                ("done_note", models.CharField(blank=True, max_length=200)),
                ("dropped_reason", models.CharField(blank=True, max_length=200)),
            ],
            options={"abstract": False},
        ),
        migrations.RemoveConstraint(model_name="onboardingtask", name="onboarding_dropped_has_reason"),
        migrations.RunSQL((SQL / "0012_words.sql").read_text("utf-8"), (SQL / "0012_undo.sql").read_text("utf-8")),
        migrations.RemoveField(model_name="onboardingplan", name="briefing_on_behalf"),
        migrations.RemoveField(model_name="onboardingplan", name="start_note"),
        migrations.RemoveField(model_name="onboardingtask", name="done_note"),
        migrations.RemoveField(model_name="onboardingtask", name="dropped_reason"),
    ]
