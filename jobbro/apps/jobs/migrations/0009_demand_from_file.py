"""What an open job asks may stand in a file."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0004_holding"),
        ("jobs", "0008_closing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="opening",
            name="opening_demand_known",
        ),
        migrations.AlterField(
            model_name="opening",
            name="demand_source",
            field=models.CharField(
                choices=[
                    ("none", "Not filled in yet"),
                    ("occupation", "Prefilled from the occupation"),
                    ("tasks", "From the tasks of the job"),
                    ("file", "Read from a file"),
                    ("confirmed", "Confirmed by somebody who knows the work"),
                ],
                default="none",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="opening",
            constraint=models.CheckConstraint(
                condition=models.Q(("demand_source__in", ["none", "occupation", "tasks", "file", "confirmed"])),
                name="opening_demand_known",
            ),
        ),
    ]
