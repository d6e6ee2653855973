"""Told facts, what is known now, and kept answers."""

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
            name="GuidanceAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("package_hash", models.CharField(max_length=64)),
                ("decision_on", models.DateField()),
                ("facts", models.JSONField()),
                ("answers", models.JSONField()),
                ("note", models.TextField(blank=True)),
                ("kept_at", models.DateTimeField()),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_answers",
                        to="citizens.citizen",
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["citizen", "-kept_at"], name="guidance_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("package_hash__regex", "^[0-9a-f]{64}$")), name="guidance_names_its_rules"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KnownFacts",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("known_at", models.DateTimeField()),
                ("good_until", models.JSONField(default=dict)),
                ("next_expiry_on", models.DateField(blank=True, null=True)),
                ("birth_date", models.DateField(null=True)),
                ("registered_in_municipality", models.BooleanField(null=True)),
                ("benefit", models.CharField(max_length=40, null=True)),
                ("old_course_started_on", models.DateField(null=True)),
                ("unemployed", models.BooleanField(null=True)),
                ("work_form", models.CharField(max_length=40, null=True)),
                ("start_on", models.DateField(null=True)),
                ("hours_per_week", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("post_advertised", models.BooleanField(null=True)),
                ("post_filled_internally", models.BooleanField(null=True)),
                ("application_route", models.CharField(max_length=40, null=True)),
                ("meets_formal_requirements", models.BooleanField(null=True)),
                ("self_found_place", models.BooleanField(null=True)),
                ("fleksjob_same_workplace", models.BooleanField(null=True)),
                ("fleksjob_wage_month", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("special_terms_months", models.IntegerField(null=True)),
                ("special_terms_written", models.BooleanField(null=True)),
                ("hours_worked_last_8_weeks", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("reemployed_at_work", models.BooleanField(null=True)),
                ("business_main_occupation", models.BooleanField(null=True)),
                ("business_in_denmark", models.BooleanField(null=True)),
                ("self_employed_grant_before", models.BooleanField(null=True)),
                ("business_full_months", models.IntegerField(null=True)),
                ("business_income_year", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("employer_sector", models.CharField(max_length=40, null=True)),
                ("public_share_percent", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("public_grants_percent", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("employer_is_family", models.BooleanField(null=True)),
                ("employer_is_latest", models.BooleanField(null=True)),
                ("staff_consulted", models.BooleanField(null=True)),
                ("net_expansion", models.BooleanField(null=True)),
                ("ratio_kept", models.BooleanField(null=True)),
                ("education_months", models.IntegerField(null=True)),
                ("education_gives_a_kasse", models.BooleanField(null=True)),
                ("graduated_on", models.DateField(null=True)),
                ("training_purpose", models.CharField(max_length=40, null=True)),
                ("training_within_field", models.BooleanField(null=True)),
                ("other_education_support", models.BooleanField(null=True)),
                ("admitted_to_education", models.BooleanField(null=True)),
                ("schooling_done", models.BooleanField(null=True)),
                ("stu_start_on", models.DateField(null=True)),
                ("a_kasse_member", models.BooleanField(null=True)),
                ("pays_early_retirement_contribution", models.BooleanField(null=True)),
                ("early_retirement_possible", models.BooleanField(null=True)),
                ("benefit_right_ended_on", models.DateField(null=True)),
                ("seniorjob_applied_on", models.DateField(null=True)),
                ("part_time_insured", models.BooleanField(null=True)),
                ("written_agreement", models.BooleanField(null=True)),
                ("agreement_renewal", models.BooleanField(null=True)),
                ("illness_days_last_year", models.IntegerField(null=True)),
                ("treatment", models.CharField(max_length=40, null=True)),
                ("employer_paid_sick_days", models.IntegerField(null=True)),
                ("voluntary_sickness_insurance", models.BooleanField(null=True)),
                ("work_hard_to_get", models.BooleanField(null=True)),
                ("assistance_hours_per_week", models.DecimalField(max_digits=12, decimal_places=2, null=True)),
                ("psychiatric_admission", models.BooleanField(null=True)),
                ("psychiatric_discharge_on", models.DateField(null=True)),
                ("assessed_lasting_impairment", models.BooleanField(null=True)),
                ("assessed_disability", models.BooleanField(null=True)),
                ("assessed_personal_help_needed", models.BooleanField(null=True)),
                ("assessed_core_work_done_self", models.BooleanField(null=True)),
                ("assessed_not_general_help", models.BooleanField(null=True)),
                ("assessed_severe_impairment", models.BooleanField(null=True)),
                ("assessed_hard_to_get_work", models.BooleanField(null=True)),
                ("assessed_able_for_post", models.BooleanField(null=True)),
                ("assessed_relevant_experience", models.BooleanField(null=True)),
                ("assessed_aid_decisive", models.BooleanField(null=True)),
                ("assessed_aid_compensates", models.BooleanField(null=True)),
                ("assessed_aid_beyond_employer", models.BooleanField(null=True)),
                ("assessed_aid_usual_at_workplace", models.BooleanField(null=True)),
                ("assessed_adaptation_decisive", models.BooleanField(null=True)),
                ("assessed_adaptation_compensates", models.BooleanField(null=True)),
                ("assessed_adaptation_beyond_employer", models.BooleanField(null=True)),
                ("assessed_adaptation_usual_at_workplace", models.BooleanField(null=True)),
                ("assessed_other_law_enough", models.BooleanField(null=True)),
                ("assessed_long_term_illness", models.BooleanField(null=True)),
                ("assessed_expected_absence_days", models.IntegerField(null=True)),
                ("assessed_replaces_lasting_reduction", models.BooleanField(null=True)),
                ("assessed_circumstances_changed", models.BooleanField(null=True)),
                ("assessed_mentor_decisive", models.BooleanField(null=True)),
                ("assessed_mentor_beyond_usual", models.BooleanField(null=True)),
                ("assessed_capacity_limited_any_work", models.BooleanField(null=True)),
                ("assessed_offers_tried", models.BooleanField(null=True)),
                ("assessed_offers_pointless", models.BooleanField(null=True)),
                ("assessed_special_terms_pointless", models.BooleanField(null=True)),
                ("assessed_reduced_hours_out_of_reach", models.BooleanField(null=True)),
                ("assessed_capacity_limited_in_business", models.BooleanField(null=True)),
                ("assessed_capacity_fully_used", models.BooleanField(null=True)),
                ("assessed_normal_work_difficult", models.BooleanField(null=True)),
                ("assessed_other_youth_education_out_of_reach", models.BooleanField(null=True)),
                ("assessed_skaanejob_special_case", models.BooleanField(null=True)),
                ("assessed_longer_placement_needed", models.BooleanField(null=True)),
                (
                    "citizen",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="known_facts", to="citizens.citizen"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["next_expiry_on"], name="known_facts_expiry")],
            },
        ),
        migrations.CreateModel(
            name="ToldFact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=jobbro.apps.audit.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=60)),
                (
                    "standing",
                    models.CharField(
                        choices=[("told", "Told"), ("unanswerable", "Nobody knows"), ("withdrawn", "Taken back")],
                        max_length=12,
                    ),
                ),
                ("value", models.JSONField(blank=True, null=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("register", "From the file or a register"),
                            ("declared", "Told"),
                            ("documented", "Seen on paper"),
                            ("assessed", "Assessed by a caseworker"),
                        ],
                        max_length=10,
                    ),
                ),
                ("observed_on", models.DateField()),
                ("good_until", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("told_at", models.DateTimeField()),
                (
                    "citizen",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="told_facts", to="citizens.citizen"
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["citizen", "code", "-told_at"], name="told_fact_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("standing__in", ["told", "unanswerable", "withdrawn"])),
                        name="told_fact_standing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["register", "declared", "documented", "assessed"])),
                        name="told_fact_source_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "told"), ("value__isnull", False)),
                            models.Q(models.Q(("standing", "told"), _negated=True), ("value__isnull", True)),
                            _connector="OR",
                        ),
                        name="told_fact_value_when_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__startswith", "assessed_"), ("source", "assessed")),
                            models.Q(
                                models.Q(("code__startswith", "assessed_"), _negated=True),
                                models.Q(("source", "assessed"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="told_fact_assessed_by_source",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("code__startswith", "assessed_"), _negated=True),
                            ("note__regex", "\\S"),
                            _connector="OR",
                        ),
                        name="told_fact_judgement_has_note",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("good_until__isnull", True), ("good_until__gte", models.F("observed_on")), _connector="OR"
                        ),
                        name="told_fact_period_in_order",
                    ),
                ],
            },
        ),
    ]
