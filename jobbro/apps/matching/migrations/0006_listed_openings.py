"""On how many lists each job stands: a number, written by the worker of the night."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

import jobbro.apps.audit.ids

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("jobs", "0009_demand_from_file"), ("matching", "0005_keeping")]
    operations = [
        migrations.CreateModel(
            name="ListedOpening",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("persons", models.PositiveIntegerField()),
                ("proposed", models.PositiveIntegerField()),
                (
                    "opening",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="jobs.opening"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="matching.matchrun"
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.RunSQL((SQL / "0006_listed.sql").read_text("utf-8"), (SQL / "0006_undo.sql").read_text("utf-8")),
    ]
