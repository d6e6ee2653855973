"""Who answers when somebody asks for help, in their order."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    dependencies = [("follow_up", "0002_wall"), ("teams", "0001_initial")]
    operations = [
        migrations.RunSQL((SQL / "0003_answerers.sql").read_text("utf-8"), (SQL / "0003_undo.sql").read_text("utf-8")),
    ]
