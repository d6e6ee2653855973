"""Files of open jobs can be brought in."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_companies"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="importbatch",
            name="import_kind_known",
        ),
        migrations.AlterField(
            model_name="importbatch",
            name="kind",
            field=models.CharField(
                choices=[
                    ("citizens", "Citizens"),
                    ("staff", "Colleagues"),
                    ("employers", "Companies"),
                    ("openings", "Open jobs"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="importbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["citizens", "staff", "employers", "openings"])),
                name="import_kind_known",
            ),
        ),
    ]
