"""An answer has a place for each number its topic asks for, and names the guide it was given to."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_wall")]
    operations = [
        migrations.RemoveField(model_name="answer", name="number"),
        migrations.AddField(
            model_name="answer",
            name="numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DecimalField(decimal_places=2, max_digits=6, null=True),
                blank=True,
                default=list,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="guide_version",
            field=models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
