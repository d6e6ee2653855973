"""The logs, their writers, their seals, and the words every later policy uses."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent / "sql"
NAMES = ("0001_context.sql", "0002_logs.sql", "0003_seals.sql", "0004_tending.sql")
FORWARDS = "".join((SQL / name).read_text("utf-8") for name in NAMES)


def unmanaged(name: str, table: str) -> migrations.CreateModel:
    return migrations.CreateModel(
        name=name,
        fields=[("id", models.BigIntegerField(primary_key=True, serialize=False))],
        options={"db_table": table, "managed": False},
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        unmanaged("Look", "audit_look"),
        unmanaged("Change", "audit_change"),
        unmanaged("Event", "audit_event"),
        unmanaged("Seal", "audit_seal"),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("key", models.UUIDField(primary_key=True, serialize=False)),
                ("actor_id", models.UUIDField()),
                ("received_at", models.DateTimeField()),
                ("location", models.TextField(blank=True)),
            ],
        ),
        migrations.RunSQL(FORWARDS, (SQL / "undo.sql").read_text("utf-8")),
    ]
