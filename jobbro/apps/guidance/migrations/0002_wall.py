"""Behind the wall: policies and history triggers."""

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

TABLES = ("guidance_toldfact", "guidance_knownfacts", "guidance_guidanceanswer")


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_initial"), ("cases", "0002_wall")]
    operations = [person_wall(table) for table in TABLES]
