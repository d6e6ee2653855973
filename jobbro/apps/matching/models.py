"""What matching reads and keeps: a file a person, the run of the night, lists, proposals, and compensation cards."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import Citizen, Consent, PersonRow, PersonRowQuerySet
from jobbro.apps.employers.models import Company
from jobbro.apps.jobs.models import Opening

from .enums import LIVE, ProposalState, RunState, Side


class PersonFile(PersonRow):
    """What matching may know of a person (contracts, section 3), kept up to date by the worker: no name, no benefit."""

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    changed_at = models.DateTimeField()


class MatchRun(Row):
    """One run over everybody and all open jobs: how far it is, and what the fair spread came to. Nobody is named."""

    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.WAITING)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField()
    progress_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked = models.BooleanField(default=False)
    rule_version = models.CharField(max_length=64)
    market_digest = models.CharField(max_length=64, blank=True)
    top = models.PositiveSmallIntegerField(default=20)
    per_place = models.PositiveSmallIntegerField(default=3)
    per_person = models.PositiveSmallIntegerField(default=3)
    persons = models.PositiveIntegerField(default=0)
    openings = models.PositiveIntegerField(default=0)
    shards = models.PositiveIntegerField(default=0)
    shards_done = models.PositiveIntegerField(default=0)
    spread = models.JSONField(default=dict)
    failure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="match_run_state_known"),
            models.CheckConstraint(condition=Q(shards_done__lte=F("shards")), name="match_run_shards_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=[RunState.WAITING, RunState.RUNNING]) | Q(ended_at__isnull=False),
                name="match_run_ended_has_time",
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=RunState.RUNNING), name="match_run_one_under_way"
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="match_run_newest")]


class JobList(PersonRow):
    """The jobs of a person as the last run listed and spread them. `entries`: as in contracts, section 3, with rounds.

    `refused`: reason -> number of jobs. `changes`: which one change would open most jobs, most first. `listed` and
    `proposed`: how many entries there are, and how many of them the spread proposed.
    """

    citizen = models.OneToOneField(Citizen, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="+")
    entries = models.JSONField(default=list)
    refused = models.JSONField(default=dict)
    changes = models.JSONField(default=list)
    listed = models.PositiveSmallIntegerField(default=0)
    proposed = models.PositiveSmallIntegerField(default=0)
    file_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["run"], name="job_list_of_run")]


class ListedOpening(Row):
    """On how many lists a job stood after the last run, and to how many it was proposed. Numbers, never who."""

    opening = models.OneToOneField(Opening, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(MatchRun, on_delete=models.PROTECT, related_name="+")
    persons = models.PositiveIntegerField()
    proposed = models.PositiveIntegerField()


class Proposal(PersonRow):
    """A person and a job that somebody picked, with why, and all that is needed to reach the same answer again.

    `person_input`, `opening_input`, `measures_input`: as in contracts, section 3; `answer`: the pair explained whole.
    """

    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.IDEA)
    state_on = models.DateField()
    picked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    picked_side = models.CharField(max_length=12, choices=Side.choices)
    picked_at = models.DateTimeField()
    why = models.TextField()
    rule_version = models.CharField(max_length=64)
    person_input = models.JSONField()
    opening_input = models.JSONField()
    measures_input = models.JSONField()
    answer = models.JSONField()
    proposed_round = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(picked_side__in=[Side.CITIZEN, Side.MUNICIPALITY]), name="proposal_not_by_the_employer"
            ),
            models.CheckConstraint(condition=~Q(why=""), name="proposal_has_reason"),
            models.UniqueConstraint(
                fields=["citizen", "opening"], condition=Q(state__in=LIVE), name="proposal_once_alive"
            ),
        ]
        indexes = [models.Index(fields=["citizen", "-picked_at"], name="proposal_newest")]


class ProposalStep(PersonRow):
    """A move of a proposal with its reason. The citizen reads it; it stands as written."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=ProposalState.choices)
    side = models.CharField(max_length=12, choices=Side.choices)
    reason = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_step_state_known"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="proposal_step_side_known"),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.DECLINED) | ~Q(reason=""), name="proposal_no_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["proposal", "made_at"], name="proposal_steps")]


class CardQuerySet(PersonRowQuerySet):
    """Cards: of citizens for those around them, and those that hold for the company they were given to."""

    def shown_to(self, actor: Actor, *, on: date) -> Self:
        """What somebody at a company may read on a day: cards given to their companies that hold."""
        return self.filter(company_id__in=actor.companies, withdrawn_at__isnull=True, from_on__lte=on, until_on__gte=on)


class Card(PersonRow):
    """A compensation card: what the citizen shows one company, for how long. It stands as given and can be taken back.

    `content`: name, job, needs (area and the citizen's sentence), measures (with their words) and note - exactly what
    the company sees (`card_content.py`). It is taken back with its consent.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="cards")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    from_on = models.DateField()
    until_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Why somebody else gave it for the citizen; empty when they did it themselves.
    on_behalf = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = CardQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="card_period_in_order"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_by__isnull=False),
                name="card_withdrawn_by_somebody",
            ),
            models.UniqueConstraint(fields=["proposal"], condition=Q(withdrawn_at__isnull=True), name="card_one_alive"),
        ]
        indexes = [models.Index(fields=["company", "until_on"], name="card_shown_to")]
