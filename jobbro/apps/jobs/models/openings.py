"""Open jobs: carved, told by a company, read from a file or from a posting. The pool that matching starts from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import User
from jobbro.apps.employers.models import CompanyRow, Workplace

from ..enums import OpeningDemand, OpeningOrigin, OpeningState
from .carved import CarvedJob


class Opening(CompanyRow):
    """A job that somebody can get. The employer's name and place stand on the row: it is read without the company.

    `demand`: area -> 0-4, areas left out ask nothing. `x`, `y`: kilometres, planar. `hours_min`, `hours_max`: hours a
    week. `is_reserved`: carved for one person, and in nobody else's list. `source_id`: its name where it came from.
    """

    workplace = models.ForeignKey(Workplace, on_delete=models.PROTECT, related_name="openings")
    carved_job = models.OneToOneField(
        CarvedJob, on_delete=models.PROTECT, null=True, blank=True, related_name="opening"
    )
    origin = models.CharField(max_length=8, choices=OpeningOrigin.choices)
    source_id = models.CharField(max_length=120, blank=True)
    title = models.CharField(max_length=120)
    occupation = models.CharField(max_length=20, blank=True)
    description = models.TextField(blank=True)
    employer_name = models.CharField(max_length=120)
    place_name = models.CharField(max_length=120)
    address = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=4, blank=True)
    city = models.CharField(max_length=60, blank=True)
    x = models.FloatField()
    y = models.FloatField()
    hours_min = models.DecimalField(max_digits=4, decimal_places=1)
    hours_max = models.DecimalField(max_digits=4, decimal_places=1)
    slots = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    requires = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    measures = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    places = models.PositiveSmallIntegerField(default=1)
    wage_text = models.CharField(max_length=120, blank=True)
    demand = models.JSONField(default=dict)
    demand_source = models.CharField(max_length=10, choices=OpeningDemand.choices, default=OpeningDemand.NONE)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    is_public = models.BooleanField(default=False)
    is_reserved = models.BooleanField(default=False)
    starts_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=OpeningState.choices, default=OpeningState.DRAFT)
    state_on = models.DateField()
    state_note = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(origin__in=OpeningOrigin.values), name="opening_origin_known"),
            models.CheckConstraint(condition=Q(state__in=OpeningState.values), name="opening_state_known"),
            models.CheckConstraint(condition=Q(demand_source__in=OpeningDemand.values), name="opening_demand_known"),
            models.CheckConstraint(
                condition=Q(hours_min__gte=0, hours_max__gte=F("hours_min"), hours_max__lte=60),
                name="opening_hours_in_order",
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="opening_has_places"),
            models.CheckConstraint(
                condition=~Q(demand_source=OpeningDemand.CONFIRMED)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="opening_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state=OpeningState.OPEN) | ~Q(demand_source=OpeningDemand.NONE),
                name="opening_open_says_what_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(origin=OpeningOrigin.CARVED, carved_job__isnull=False)
                | (~Q(origin=OpeningOrigin.CARVED) & Q(carved_job__isnull=True, is_reserved=False)),
                name="opening_carved_has_job",
            ),
            models.UniqueConstraint(
                fields=["company", "source_id"], condition=~Q(source_id=""), name="opening_source_once"
            ),
        ]
        indexes = [
            models.Index(fields=["company", "state"], name="opening_listed"),
            models.Index(fields=["changed_at"], name="opening_changed"),
            models.Index(fields=["closes_on"], condition=Q(state=OpeningState.OPEN), name="opening_closing"),
            models.Index(
                fields=["closes_on", "-made_at"],
                condition=Q(state=OpeningState.OPEN, is_public=True, is_reserved=False),
                name="opening_public",
            ),
        ]

    def __str__(self) -> str:
        return self.title
