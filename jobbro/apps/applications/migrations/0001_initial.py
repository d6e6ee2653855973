"""Applications, decisions, documents, posts with fortrinsadgang, negotiations and claims."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import jobbro.apps.audit.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("citizens", "0003_guards"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("scheme", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Being written"),
                            ("ready", "Ready to be sent"),
                            ("sent", "Sent"),
                            ("acknowledged", "Received"),
                            ("more_wanted", "Waits for more information"),
                            ("decided", "Decided"),
                            ("complained", "Complained about"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("procedure_version", models.CharField(max_length=64)),
                ("values", models.JSONField(default=dict)),
                ("form", models.JSONField(null=True)),
                ("started_at", models.DateTimeField()),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("here", "Here in Jobbro"),
                            ("vitas", "In VITAS"),
                            ("virk", "On virk.dk"),
                            ("digital_post", "By Digital Post"),
                            ("employer", "To the employer"),
                            ("paper", "On paper"),
                        ],
                        max_length=12,
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("received_on", models.DateField(blank=True, null=True)),
                ("decide_by", models.DateField(blank=True, null=True)),
                ("wanted", models.TextField(blank=True)),
                ("answer_by", models.DateField(blank=True, null=True)),
                ("complained_on", models.DateField(blank=True, null=True)),
                ("forwarded_on", models.DateField(blank=True, null=True)),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="citizens.citizen"
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("quarter", models.PositiveSmallIntegerField()),
                ("hours_used", models.DecimalField(decimal_places=2, max_digits=6)),
                (
                    "state",
                    models.CharField(
                        choices=[("entered", "Hours are entered"), ("sent", "Claim sent"), ("paid", "Paid")],
                        default="entered",
                        max_length=8,
                    ),
                ),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("paid_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="claims",
                        to="applications.application",
                    ),
                ),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("granted", "Granted"),
                            ("partly", "Granted in part"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_on", models.DateField()),
                ("received_on", models.DateField()),
                ("from_on", models.DateField(blank=True, null=True)),
                ("until_on", models.DateField(blank=True, null=True)),
                ("hours_week", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("working_hours_week", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ("is_above_limit", models.BooleanField(default=False)),
                ("rate", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("recorded_at", models.DateTimeField()),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="applications.application",
                    ),
                ),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(blank=True, max_length=50)),
                ("title", models.CharField(blank=True, max_length=200)),
                ("is_required", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("wanted", "Not here yet"),
                            ("asked", "Asked for"),
                            ("here", "Here"),
                            ("not_needed", "Not needed"),
                        ],
                        default="wanted",
                        max_length=10,
                    ),
                ),
                ("state_on", models.DateField(blank=True, null=True)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("place", models.PositiveSmallIntegerField(default=1)),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="applications.application",
                    ),
                ),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
            ],
            options={
                "ordering": ["place", "id"],
            },
        ),
        migrations.CreateModel(
            name="Vacancy",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=120)),
                ("employer", models.CharField(max_length=120)),
                (
                    "employer_kind",
                    models.CharField(
                        choices=[
                            ("municipality", "Municipality"),
                            ("region", "Region"),
                            ("state", "The state"),
                            ("joint", "A body they have together"),
                            ("company", "A company with more than 50 percent public shares"),
                            ("supported", "A body with at least 50 percent of its costs paid by public grants"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[
                            ("direct", "Applied for directly, saying that it is with fortrinsadgang"),
                            ("municipality", "Through the municipality"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_own_service", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("noted", "Noted"),
                            ("invited", "Invited to an interview"),
                            ("interviewed", "The interview has been held"),
                            ("account_sent", "The employer has sent an account"),
                            ("negotiated", "Negotiated"),
                            ("reasoned_refusal", "Refused with reasons"),
                            ("vacancy_released", "The post may be filled"),
                            ("hired", "Hired"),
                            ("filled_without", "Filled without interview or negotiation"),
                            ("withdrawn", "No longer applied for"),
                        ],
                        default="noted",
                        max_length=16,
                    ),
                ),
                ("noted_on", models.DateField()),
                ("invited_on", models.DateField(blank=True, null=True)),
                ("interviewed_on", models.DateField(blank=True, null=True)),
                ("account_on", models.DateField(blank=True, null=True)),
                ("negotiated_on", models.DateField(blank=True, null=True)),
                ("refused_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("opinion_asked_on", models.DateField(blank=True, null=True)),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vacancies", to="citizens.citizen"
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Negotiation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("held_on", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("meeting", "At a meeting"),
                            ("phone", "By telephone"),
                            ("mail", "By mail, where both sides wrote"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "participants",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=120), size=None),
                ),
                ("employer_said", models.TextField()),
                ("municipality_said", models.TextField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="citizens.citizen"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "vacancy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="negotiations",
                        to="applications.vacancy",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["state", "decide_by"], name="application_due"),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["draft", "ready", "sent", "acknowledged", "more_wanted", "decided", "complained"])
                ),
                name="application_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["", "here", "vitas", "virk", "digital_post", "employer", "paper"])),
                name="application_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["sent", "acknowledged", "more_wanted", "complained"]), _negated=True),
                    models.Q(("form__isnull", False), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="application_sent_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["acknowledged", "more_wanted"]), _negated=True),
                    ("received_on__isnull", False),
                    _connector="OR",
                ),
                name="application_received_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "complained"), _negated=True), ("complained_on__isnull", False), _connector="OR"
                ),
                name="application_complaint_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("received_on__isnull", True),
                    ("sent_on__isnull", True),
                    ("received_on__gte", models.F("sent_on")),
                    _connector="OR",
                ),
                name="application_received_after_sent",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("draft", "ready"))),
                fields=("citizen", "scheme"),
                name="application_one_being_written",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["entered", "sent", "paid"])), name="claim_state_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)), name="claim_quarter_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours_used__gte", 0)), name="claim_hours_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "entered"), ("sent_on__isnull", False), _connector="OR"),
                name="claim_sent_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paid"), _negated=True), ("paid_on__isnull", False), _connector="OR"
                ),
                name="claim_paid_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("application", "year", "quarter"), name="claim_once_a_quarter"),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["application", "-recorded_at"], name="decision_newest"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("outcome__in", ["granted", "partly", "refused", "withdrawn"])),
                name="decision_outcome_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_on__isnull", True),
                    ("until_on__isnull", True),
                    ("until_on__gte", models.F("from_on")),
                    _connector="OR",
                ),
                name="decision_period_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(("received_on__gte", models.F("decided_on"))), name="decision_known_after_decided"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["granted", "partly"]),
                    models.Q(
                        ("from_on__isnull", True),
                        ("hours_week__isnull", True),
                        ("rate__isnull", True),
                        ("until_on__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="decision_only_a_grant_has_terms",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("hours_week__isnull", True),
                        models.Q(("hours_week__gt", 0), ("hours_week__lte", 60)),
                        _connector="OR",
                    ),
                    models.Q(
                        ("working_hours_week__isnull", True),
                        models.Q(("working_hours_week__gt", 0), ("working_hours_week__lte", 60)),
                        _connector="OR",
                    ),
                    models.Q(("rate__isnull", True), ("rate__gt", 0), _connector="OR"),
                ),
                name="decision_numbers_possible",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["wanted", "asked", "here", "not_needed"])),
                name="document_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), _negated=True), models.Q(("title", ""), _negated=True), _connector="OR"
                ),
                name="document_has_a_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("code", ""), _negated=True),
                fields=("application", "code"),
                name="document_once_in_application",
            ),
        ),
        migrations.AddIndex(
            model_name="vacancy",
            index=models.Index(fields=["state", "noted_on"], name="vacancy_open"),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "noted",
                            "invited",
                            "interviewed",
                            "account_sent",
                            "negotiated",
                            "reasoned_refusal",
                            "vacancy_released",
                            "hired",
                            "filled_without",
                            "withdrawn",
                        ],
                    )
                ),
                name="vacancy_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("employer_kind__in", ["municipality", "region", "state", "joint", "company", "supported"])
                ),
                name="vacancy_employer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(("route__in", ["direct", "municipality"])), name="vacancy_route_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="vacancy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["reasoned_refusal", "vacancy_released"]), _negated=True),
                    models.Q(
                        ("account_on__isnull", False),
                        ("interviewed_on__isnull", False),
                        ("negotiated_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="vacancy_on_hold_until_negotiated",
            ),
        ),
        migrations.AddConstraint(
            model_name="negotiation",
            constraint=models.CheckConstraint(
                condition=models.Q(("way__in", ["meeting", "phone", "mail"])), name="negotiation_way_known"
            ),
        ),
    ]
