"""Behind the wall: policies and history triggers."""

from django.db import migrations

from jobbro.apps.audit.wall import person_wall


class Migration(migrations.Migration):
    dependencies = [("screening", "0001_initial"), ("cases", "0002_wall")]
    operations = [person_wall(table) for table in ("screening_dialogue", "screening_answer", "screening_agreement")]
