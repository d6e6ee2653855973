"""Behind the wall: policies and history triggers."""

from django.db import migrations

from jobbro.apps.audit.wall import person_wall

TABLES = (
    *("applications_application", "applications_decision", "applications_document", "applications_vacancy"),
    *("applications_negotiation", "applications_claim"),
)


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial"), ("cases", "0002_wall")]
    operations = [person_wall(table) for table in TABLES]
