"""Applications with what was decided, posts with fortrinsadgang, and claims by quarter; never why help is needed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Citizen, PersonRow
from jobbro.apps.organisations.models import Municipality

from .enums import (
    Channel,
    ClaimState,
    DeadlineUnit,
    DocumentState,
    EmployerKind,
    NegotiationWay,
    Outcome,
    Route,
    State,
    VacancyState,
)
from .states import UNSENT


class OwnDeadline(Row):
    """How long a municipality may take to decide on a scheme, from a day on (retssikkerhedsloven § 3 stk. 2).

    Rows are only added. The newest `from_on` holds, of two with the same day the one that was recorded last; after its
    `until_on` there is none.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="own_deadlines")
    scheme = models.CharField(max_length=40)
    value = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=6, choices=DeadlineUnit.choices)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    url = models.CharField(max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=DeadlineUnit.values), name="own_deadline_unit_known"),
            models.CheckConstraint(condition=Q(value__gte=1, value__lte=1000), name="own_deadline_value_possible"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="own_deadline_in_order"
            ),
            models.CheckConstraint(condition=~Q(source=""), name="own_deadline_has_source"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="own_deadline_url_is_one",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "scheme", "-from_on", "-recorded_at"], name="own_deadline_newest")
        ]


class Application(PersonRow):
    """One application for one scheme, from the first word to the decision. `form` is what was sent, as it was sent."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="applications")
    scheme = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    procedure_version = models.CharField(max_length=64)
    values = models.JSONField(default=dict)
    form = models.JSONField(null=True)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    channel = models.CharField(max_length=12, choices=Channel.choices, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    received_on = models.DateField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    own_deadline = models.ForeignKey(OwnDeadline, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    wanted = models.TextField(blank=True)
    answer_by = models.DateField(null=True, blank=True)
    complained_on = models.DateField(null=True, blank=True)
    forwarded_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.CheckConstraint(condition=Q(channel__in=["", *Channel.values]), name="application_channel_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[State.SENT, State.ACKNOWLEDGED, State.MORE_WANTED, State.COMPLAINED])
                | Q(sent_on__isnull=False, form__isnull=False),
                name="application_sent_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.ACKNOWLEDGED, State.MORE_WANTED]) | Q(received_on__isnull=False),
                name="application_received_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.COMPLAINED) | Q(complained_on__isnull=False),
                name="application_complaint_has_day",
            ),
            models.CheckConstraint(
                condition=Q(received_on__isnull=True) | Q(sent_on__isnull=True) | Q(received_on__gte=F("sent_on")),
                name="application_received_after_sent",
            ),
            models.UniqueConstraint(
                fields=["citizen", "scheme"], condition=Q(state__in=UNSENT), name="application_one_being_written"
            ),
        ]
        indexes = [models.Index(fields=["state", "decide_by"], name="application_due")]


class Decision(PersonRow):
    """What was decided, and when the citizen got to know. A new decision is a new row."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    decided_on = models.DateField()
    received_on = models.DateField()
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    hours_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    working_hours_week = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    is_above_limit = models.BooleanField(default=False)
    rate = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="decision_period_in_order",
            ),
            models.CheckConstraint(condition=Q(received_on__gte=F("decided_on")), name="decision_known_after_decided"),
            models.CheckConstraint(
                condition=Q(outcome__in=[Outcome.GRANTED, Outcome.PARTLY])
                | Q(from_on__isnull=True, until_on__isnull=True, hours_week__isnull=True, rate__isnull=True),
                name="decision_only_a_grant_has_terms",
            ),
            models.CheckConstraint(
                condition=(Q(hours_week__isnull=True) | Q(hours_week__gt=0, hours_week__lte=60))
                & (Q(working_hours_week__isnull=True) | Q(working_hours_week__gt=0, working_hours_week__lte=60))
                & (Q(rate__isnull=True) | Q(rate__gt=0)),
                name="decision_numbers_possible",
            ),
        ]
        indexes = [models.Index(fields=["application", "-recorded_at"], name="decision_newest")]


class Document(PersonRow):
    """Something that goes with an application: where it stands and a reference to it, never what is in it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    code = models.CharField(max_length=50, blank=True)
    title = models.CharField(max_length=200, blank=True)
    is_required = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=DocumentState.choices, default=DocumentState.WANTED)
    state_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=DocumentState.values), name="document_state_known"),
            models.CheckConstraint(condition=~Q(code="") | ~Q(title=""), name="document_has_a_name"),
            models.UniqueConstraint(
                fields=["application", "code"], condition=~Q(code=""), name="document_once_in_application"
            ),
        ]


class Vacancy(PersonRow):
    """A public post applied for with fortrinsadgang, and the day of each step."""

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="vacancies")
    title = models.CharField(max_length=120)
    employer = models.CharField(max_length=120)
    employer_kind = models.CharField(max_length=12, choices=EmployerKind.choices)
    route = models.CharField(max_length=12, choices=Route.choices)
    is_own_service = models.BooleanField(default=False)
    state = models.CharField(max_length=16, choices=VacancyState.choices, default=VacancyState.NOTED)
    noted_on = models.DateField()
    invited_on = models.DateField(null=True, blank=True)
    interviewed_on = models.DateField(null=True, blank=True)
    account_on = models.DateField(null=True, blank=True)
    negotiated_on = models.DateField(null=True, blank=True)
    refused_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    opinion_asked_on = models.DateField(null=True, blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VacancyState.values), name="vacancy_state_known"),
            models.CheckConstraint(condition=Q(employer_kind__in=EmployerKind.values), name="vacancy_employer_known"),
            models.CheckConstraint(condition=Q(route__in=Route.values), name="vacancy_route_known"),
            # The law's own order, whoever writes here: no refusal and no release without a negotiation.
            models.CheckConstraint(
                condition=~Q(state__in=[VacancyState.REASONED_REFUSAL, VacancyState.VACANCY_RELEASED])
                | Q(interviewed_on__isnull=False, account_on__isnull=False, negotiated_on__isnull=False),
                name="vacancy_on_hold_until_negotiated",
            ),
        ]
        indexes = [models.Index(fields=["state", "noted_on"], name="vacancy_open")]


class Negotiation(PersonRow):
    """Minutes of a negotiation about a post: who took part and what each side said. They stand as written."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="negotiations")
    held_on = models.DateField()
    way = models.CharField(max_length=10, choices=NegotiationWay.choices)
    participants = ArrayField(models.CharField(max_length=120))
    employer_said = models.TextField()
    municipality_said = models.TextField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(way__in=NegotiationWay.values), name="negotiation_way_known")]


class Claim(PersonRow):
    """Money for the hours of one quarter of a grant of personal assistance."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="claims")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    hours_used = models.DecimalField(max_digits=6, decimal_places=2)
    state = models.CharField(max_length=8, choices=ClaimState.choices, default=ClaimState.ENTERED)
    sent_on = models.DateField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ClaimState.values), name="claim_state_known"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="claim_quarter_known"),
            models.CheckConstraint(condition=Q(hours_used__gte=0), name="claim_hours_not_negative"),
            models.CheckConstraint(
                condition=Q(state=ClaimState.ENTERED) | Q(sent_on__isnull=False), name="claim_sent_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=ClaimState.PAID) | Q(paid_on__isnull=False), name="claim_paid_has_day"
            ),
            models.UniqueConstraint(fields=["application", "year", "quarter"], name="claim_once_a_quarter"),
        ]
