"""Lists tell how long they are; kept proposals can be computed again, and how proposals fall can be counted by group."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("matching", "0004_cards"), ("guidance", "0006_judgements")]
    operations = [
        migrations.AddField(model_name="joblist", name="listed", field=models.PositiveSmallIntegerField(default=0)),
        migrations.AddField(model_name="joblist", name="proposed", field=models.PositiveSmallIntegerField(default=0)),
        migrations.RunSQL((SQL / "0005_keeping.sql").read_text("utf-8"), (SQL / "0005_undo.sql").read_text("utf-8")),
    ]
