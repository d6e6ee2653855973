"""Steps in the order people put them, closing words, and states that cannot contradict their dates."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_wall"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AddField("plan", "closing_words", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("action", "place", models.PositiveSmallIntegerField(default=1)),
        migrations.AlterModelOptions("action", {"ordering": ["place", "id"]}),
        migrations.AddIndex("action", models.Index(fields=["responsible", "due_on"], name="action_due_for")),
        migrations.AddConstraint(
            "plan",
            models.CheckConstraint(
                condition=~models.Q(state="agreed")
                | models.Q(citizen_agreed_at__isnull=False, staff_agreed_at__isnull=False),
                name="plan_agreed_by_both",
            ),
        ),
        migrations.AddConstraint(
            "plan",
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_on__isnull=True)),
                name="plan_closed_has_date",
            ),
        ),
    ]
