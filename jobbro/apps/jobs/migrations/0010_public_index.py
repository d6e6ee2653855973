"""The open job page finds its jobs without reading all others."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("employers", "0004_holding"),
        ("jobs", "0009_demand_from_file"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(
                condition=models.Q(("is_public", True), ("is_reserved", False), ("state", "open")),
                fields=["closes_on", "-made_at"],
                name="opening_public",
            ),
        ),
    ]
