"""Companies as partners of a municipality: workplaces, contacts, what was said, agreed and promised. No score, ever."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Municipality, Team

from .enums import ContactKind, Feature, NeedState, PartnerState, Promiser, PromiseState, Sector


class CompanyQuerySet(models.QuerySet):
    """Companies; the wall in the database narrows this to the actor's municipalities, or to the actor's own company."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employer:
            return self.filter(pk__in=actor.companies)
        return self.filter(municipality_id__in=actor.codes)


class CompanyRowQuerySet(models.QuerySet):
    """Rows about companies; narrowed by the wall as the companies are."""

    def visible_to(self, actor: Actor) -> Self:
        if actor.is_employer:
            return self.filter(company_id__in=actor.companies)
        return self.filter(company__municipality_id__in=actor.codes)


class Company(Row):
    """A company as one municipality's partner, with the team that holds the relation and its one entrance."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    cvr = models.CharField(max_length=8)
    name = models.CharField(max_length=120)
    sector = models.CharField(max_length=12, choices=Sector.choices, default=Sector.PRIVATE)
    trade = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    website = models.URLField(blank=True)
    state = models.CharField(max_length=8, choices=PartnerState.choices, default=PartnerState.NEW)
    state_on = models.DateField()
    state_note = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="companies")
    broker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="companies")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = CompanyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "cvr"], name="company_once_in_municipality"),
            models.CheckConstraint(condition=Q(state__in=PartnerState.values), name="company_state_known"),
            models.CheckConstraint(condition=Q(sector__in=Sector.values), name="company_sector_known"),
            models.CheckConstraint(condition=Q(cvr__regex=r"^[0-9]{8}$"), name="company_cvr_shape"),
        ]
        indexes = [models.Index(fields=["municipality", "state"], name="company_listed")]

    def __str__(self) -> str:
        return self.name


class CompanyRow(Row):
    """A row about one company; the wall goes by this column."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")

    objects = CompanyRowQuerySet.as_manager()

    class Meta:
        abstract = True


class Workplace(CompanyRow):
    """A place where the company's people work (a production unit). `x`, `y`: kilometres, planar, from its postcode."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="workplaces")
    p_number = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=60, blank=True)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    directions = models.TextField(blank=True)
    measures = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    features = ArrayField(models.CharField(max_length=20, choices=Feature.choices), default=list, blank=True)
    offers_note = models.TextField(blank=True)
    # The working week: which half-days there is work, and how many hours a half-day has.
    slots = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    slot_hours = models.DecimalField(max_digits=4, decimal_places=2, default=4)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "name"], name="workplace_name_once"),
            models.UniqueConstraint(
                fields=["company", "p_number"], condition=~Q(p_number=""), name="workplace_p_number_once"
            ),
            models.CheckConstraint(condition=Q(p_number__regex=r"^([0-9]{10})?$"), name="workplace_p_number_shape"),
            models.CheckConstraint(
                condition=Q(slot_hours__gt=0, slot_hours__lte=12), name="workplace_slot_hours_possible"
            ),
            models.CheckConstraint(
                condition=Q(x__isnull=True, y__isnull=True) | Q(x__isnull=False, y__isnull=False),
                name="workplace_place_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DatedCompanyRowQuerySet(DatedQuerySet, CompanyRowQuerySet):  # type: ignore[override]
    """Rows about companies that hold for a period."""


class ContactPerson(CompanyRow, Dated):
    """Somebody at the company. With an account they see the own company here, as long as the period holds."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="contacts")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="contact_of")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    is_first = models.BooleanField(default=False)
    sees_wages = models.BooleanField(default=False)

    objects = DatedCompanyRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["company"], condition=Q(is_first=True, until_on__isnull=True), name="contact_one_first"
            ),
            models.UniqueConstraint(
                fields=["company", "user"],
                condition=Q(user__isnull=False, until_on__isnull=True),
                name="contact_user_once",
            ),
        ]


class Talk(CompanyRow):
    """One entry of the dialogue log. It stands as written; the company reads it when it is shared."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="talks")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=10, choices=ContactKind.choices)
    held_on = models.DateField()
    text = models.TextField()
    is_shared = models.BooleanField(default=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(kind__in=ContactKind.values), name="talk_kind_known")]
        indexes = [models.Index(fields=["company", "-held_on"], name="talk_newest")]


class YearlyTalk(CompanyRow):
    """What both said when the partnership was talked through. It stands as written."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="yearly_talks")
    held_on = models.DateField()
    they_said = models.TextField()
    we_said = models.TextField()
    agreed = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["company", "-held_on"], name="yearly_talk_newest")]


class PartnerAgreement(CompanyRow, Dated):
    """Something agreed for a period: what each side does. A change is a new agreement; the old one ends."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="agreements")
    title = models.CharField(max_length=120)
    text = models.TextField()
    agreed_on = models.DateField()
    agreed_with = models.CharField(max_length=120)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    objects = DatedCompanyRowQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta(Dated.Meta):
        pass


class Promise(CompanyRow):
    """What one side promised the other, and by when."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="promises")
    by = models.CharField(max_length=4, choices=Promiser.choices)
    text = models.CharField(max_length=200)
    promised_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=PromiseState.choices, default=PromiseState.OPEN)
    state_on = models.DateField(null=True, blank=True)
    state_note = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(by__in=Promiser.values), name="promise_by_known"),
            models.CheckConstraint(condition=Q(state__in=PromiseState.values), name="promise_state_known"),
            models.CheckConstraint(condition=Q(due_on__gte=F("promised_on")), name="promise_due_after_promised"),
            models.CheckConstraint(
                condition=Q(state=PromiseState.OPEN, state_on__isnull=True)
                | (~Q(state=PromiseState.OPEN) & Q(state_on__isnull=False)),
                name="promise_ended_has_day",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="promise_due")]


class RecruitmentNeed(CompanyRow):
    """Hands the company needs, now or soon; `occupation` is a DISCO code of the table of occupations or empty."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="needs")
    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, null=True, blank=True, related_name="needs")
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=20, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    hours_min = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    wanted_from = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=NeedState.choices, default=NeedState.OPEN)
    told_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=NeedState.values), name="need_state_known"),
            models.CheckConstraint(condition=Q(places__gte=1), name="need_has_places"),
            models.CheckConstraint(
                condition=Q(hours_min__isnull=True) | Q(hours_max__isnull=True) | Q(hours_max__gte=F("hours_min")),
                name="need_hours_in_order",
            ),
        ]
        indexes = [models.Index(fields=["company", "state"], name="need_open")]
