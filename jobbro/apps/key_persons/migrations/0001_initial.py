"""The register, the questions and the knowledge made of them."""

from pathlib import Path

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jobbro.apps.accounts.models
import jobbro.apps.audit.ids

SQL = Path(__file__).parent / "sql"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("citizens", "0003_guards"),
        ("organisations", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # A trusted extension: the owner of the database may make it, where the server has it (contrib).
        migrations.RunSQL("create extension if not exists pg_trgm", migrations.RunSQL.noop),
        migrations.RunSQL((SQL / "0001_fold.sql").read_text("utf-8"), "drop function key_persons_fold(text)"),
        migrations.CreateModel(
            name="Adviser",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("key_person", "Key person"), ("resource_person", "Resource person")], max_length=16
                    ),
                ),
                (
                    "schemes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("own_words", models.CharField(blank=True, max_length=200)),
                ("hours_week", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("reach", models.CharField(blank=True, max_length=200)),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.team",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Away",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "adviser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="away", to="key_persons.adviser"
                    ),
                ),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covering",
                        to="key_persons.adviser",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("is_wide", models.BooleanField(default=False)),
                ("title", models.CharField(max_length=200)),
                ("answer", models.TextField()),
                (
                    "schemes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("law", models.CharField(blank=True, max_length=200)),
                ("law_url", models.URLField(blank=True)),
                ("check_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("number", models.PositiveSmallIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                ("search", django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ("folded", models.TextField(default="", editable=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.municipality"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryVersion",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("answer", models.TextField()),
                (
                    "schemes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                ("law", models.CharField(blank=True, max_length=200)),
                ("law_url", models.URLField(blank=True)),
                ("is_wide", models.BooleanField()),
                ("check_on", models.DateField()),
                ("valid_until", models.DateField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="key_persons.entry"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("text", models.TextField()),
                ("context", models.JSONField(blank=True, default=list)),
                (
                    "schemes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60), blank=True, default=list, size=None
                    ),
                ),
                (
                    "name_marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=24), blank=True, default=list, size=None
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("taken", "Somebody has it"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer_minutes", models.PositiveIntegerField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "directed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="key_persons.entry",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.team",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("invited_on", models.DateField()),
                ("until_on", models.DateField()),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
                (
                    "invited_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="key_persons.question",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Turn",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("taken", "Took the question"),
                            ("released", "Gave the question back"),
                            ("answer", "Answered"),
                            ("follow_up", "Asked further"),
                            ("closed", "Closed the question"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="turns", to="key_persons.question"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Useful",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="key_persons.entry"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AdviceModel",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("from_on", models.DateField()),
                ("until_on", models.DateField(blank=True, null=True)),
                (
                    "model",
                    models.CharField(
                        choices=[
                            ("few", "A few key persons for the whole unit"),
                            ("spread", "Spread, with a resource person in each team"),
                        ],
                        max_length=8,
                    ),
                ),
                ("answer_days", models.PositiveSmallIntegerField(default=2)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
            ],
            options={
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"
                        ),
                        name="advicemodel_period_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("model__in", ["few", "spread"])), name="advice_model_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer_days__gte", 1), ("answer_days__lte", 20)),
                        name="advice_days_possible",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("unit", "="),
                            (
                                jobbro.apps.accounts.models.DateRange(
                                    "from_on",
                                    "until_on",
                                    django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                                ),
                                "&&",
                            ),
                        ],
                        name="advice_model_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="adviser",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="adviser_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="adviser",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["key_person", "resource_person"])), name="adviser_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="adviser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "key_person"), ("team__isnull", True)),
                    models.Q(("kind", "resource_person"), ("team__isnull", False)),
                    _connector="OR",
                ),
                name="adviser_resource_has_team",
            ),
        ),
        migrations.AddConstraint(
            model_name="adviser",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hours_week__isnull", True),
                    models.Q(("hours_week__gt", 0), ("hours_week__lte", 40)),
                    _connector="OR",
                ),
                name="adviser_hours_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="adviser",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("user", "="),
                    ("unit", "="),
                    ("kind", "="),
                    (
                        jobbro.apps.accounts.models.DateRange(
                            "from_on",
                            "until_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="adviser_not_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="away",
            constraint=models.CheckConstraint(
                condition=models.Q(("until_on__isnull", True), ("until_on__gte", models.F("from_on")), _connector="OR"),
                name="away_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="away",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("cover__isnull", True), models.Q(("cover", models.F("adviser")), _negated=True), _connector="OR"
                ),
                name="away_cover_is_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="away",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("adviser", "="),
                    (
                        jobbro.apps.accounts.models.DateRange(
                            "from_on",
                            "until_on",
                            django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_upper=True),
                        ),
                        "&&",
                    ),
                ],
                name="away_once_at_a_time",
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(fields=["search"], name="entry_search"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("folded"), name="gin_trgm_ops"), name="entry_folded"
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["municipality", "check_on"], name="entry_to_check"),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("title", ""), _negated=True), models.Q(("answer", ""), _negated=True)),
                name="entry_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryversion",
            constraint=models.UniqueConstraint(fields=("entry", "number"), name="entry_version_once"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["unit", "state", "due_on"], name="question_waiting"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["asker", "-asked_at"], name="question_of_asker"),
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(fields=["unit", "-asked_at"], name="question_newest"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "taken", "answered", "closed"])), name="question_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="question_has_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "taken"), _negated=True), ("taken_by__isnull", False), _connector="OR"
                ),
                name="question_taken_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "answered"), _negated=True),
                    models.Q(
                        ("answer_minutes__isnull", False), ("answered_at__isnull", False), ("taken_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="question_answered_has_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "closed"), _negated=True), ("closed_at__isnull", False), _connector="OR"
                ),
                name="question_closed_has_moment",
            ),
        ),
        migrations.AddIndex(
            model_name="turn",
            index=models.Index(fields=["question", "at"], name="turn_in_order"),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["taken", "released", "answer", "follow_up", "closed"])),
                name="turn_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="turn",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["answer", "follow_up"]), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="turn_has_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="useful",
            constraint=models.UniqueConstraint(fields=("entry", "user"), name="useful_once"),
        ),
    ]
