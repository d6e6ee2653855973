"""From the round-table to three signatures: who said what, who arranges which support, the agreement in versions."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import PersonRow, PersonRowQuerySet
from jobbro.apps.employers.models import Company
from jobbro.apps.jobs.models import Opening
from jobbro.apps.matching.models import Card, Proposal

from .enums import (
    AT_COMPANY,
    SIGNING,
    AgreementKind,
    EndedBy,
    EndReason,
    IntroductionState,
    MeetingKind,
    OnboardingStep,
    Outcome,
    Party,
    PlacementState,
    Stance,
    TaskOwner,
)


class TableQuerySet(PersonRowQuerySet):
    """Rows of a table; the wall in the database narrows this to the circle of the person, and to who sits there."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of the own companies for somebody there; for everybody else rows about persons."""
        if actor.is_employer:
            return self.filter(company_id__in=actor.companies)
        return super().visible_to(actor)


class TablePersonRow(PersonRow):
    """A row about one citizen that one company may read at the table; the company's sight goes by its column."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")

    objects = TableQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


class Introduction(TablePersonRow):
    """A round-table between citizen, employer and municipality about one job. The citizen is named as on the card."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="introductions")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="introductions")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=12, choices=MeetingKind.choices)
    place = models.CharField(max_length=200, blank=True)
    meets_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IntroductionState.choices, default=IntroductionState.PLANNED)
    state_note = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True, default=Outcome.NONE)
    outcome_reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MeetingKind.values), name="introduction_kind_known"),
            models.CheckConstraint(condition=Q(state__in=IntroductionState.values), name="introduction_state_known"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="introduction_outcome_known"),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_NOW) | ~Q(outcome_reason=""), name="introduction_no_has_reason"
            ),
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state=IntroductionState.PLANNED),
                name="introduction_one_planned",
            ),
        ]
        indexes = [models.Index(fields=["company", "-meets_at"], name="introduction_of_company")]


class Participant(TablePersonRow):
    """Somebody at the table. `came` is None until the meeting has been held."""

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="participants")
    party = models.CharField(max_length=12, choices=Party.choices)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    came = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(party__in=Party.values), name="participant_party_known")]


class Said(TablePersonRow):
    """What a party said, before, at or after the table. All three read it; it stands as written."""

    introduction = models.ForeignKey(Introduction, on_delete=models.PROTECT, related_name="said")
    party = models.CharField(max_length=12, choices=Party.choices)
    name = models.CharField(max_length=120)
    stance = models.CharField(max_length=8, choices=Stance.choices, blank=True, default=Stance.NONE)
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Who of the municipality wrote down somebody else's words; empty when they are the writer's own.
    noted_by = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=Party.values), name="said_party_known"),
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="said_stance_known"),
            models.CheckConstraint(condition=~Q(text=""), name="said_something"),
        ]
        indexes = [models.Index(fields=["introduction", "written_at"], name="said_in_order")]


class Arrangement(TablePersonRow):
    """A support of the bridge that somebody arranges by a day; who pays is a scheme's code, `employer` or `none`."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="arrangements")
    measure = models.CharField(max_length=60)
    scheme = models.CharField(max_length=60, blank=True)
    party = models.CharField(max_length=12, choices=Party.choices)
    who = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    # Whether the measure stands on the citizen's card: only those does the company see.
    is_on_card = models.BooleanField(default=False)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=Party.values), name="arrangement_party_known"),
            models.UniqueConstraint(fields=["proposal", "measure"], name="arrangement_once"),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(done_on__isnull=True), name="arrangement_due")]


class Placement(TablePersonRow):
    """A person's time at a workplace: agreed in versions, from trial or first day."""

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="placement")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=PlacementState.choices, default=PlacementState.AGREEING)
    state_on = models.DateField()
    starts_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlacementState.values), name="placement_state_known"),
            models.CheckConstraint(
                condition=~Q(state=PlacementState.AGREED) | Q(starts_on__isnull=False),
                name="placement_agreed_has_start",
            ),
            models.CheckConstraint(
                condition=Q(state=PlacementState.ENDED, ended_on__isnull=False)
                | (~Q(state=PlacementState.ENDED) & Q(ended_on__isnull=True)),
                name="placement_ended_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["ended_on"], condition=Q(state=PlacementState.ENDED), name="placement_ended_lately"),
        ]


class Ending(PersonRow):
    """Why a placement ended and whose decision it was: between the citizen and the municipality. It stands."""

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="ending")
    reason = models.CharField(max_length=12, choices=EndReason.choices)
    decided_by = models.CharField(max_length=8, choices=EndedBy.choices)
    note = models.TextField(blank=True)
    # Empty when the last day that was told before has passed.
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=EndReason.values), name="ending_reason_known"),
            models.CheckConstraint(condition=Q(decided_by__in=EndedBy.values), name="ending_decided_by_known"),
            models.CheckConstraint(condition=~Q(reason=EndReason.OTHER) | ~Q(note=""), name="ending_other_is_told"),
        ]


class AgreementVersion(TablePersonRow):
    """One wording of the agreement; it stands as written, and a change is the next number.

    `steps`: [{"from_on": ISO day, "hours": number}] in order of days; `measures`: [{"code", "name": {"da", "en"}}];
    `digest` is over all that is signed.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=AgreementKind.choices)
    name = models.CharField(max_length=120)
    employer_name = models.CharField(max_length=120)
    municipality_name = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    steps = models.JSONField()
    slots = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    place = models.CharField(max_length=200)
    tasks = models.TextField()
    wage_text = models.CharField(max_length=200, blank=True)
    contact_text = models.TextField(blank=True)
    measures = models.JSONField(default=list)
    change_note = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "number"], name="agreement_version_once"),
            models.CheckConstraint(condition=Q(kind__in=AgreementKind.values), name="agreement_kind_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="agreement_days_in_order",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(change_note=""), name="agreement_change_has_reason"),
        ]


class Signature(TablePersonRow):
    """A party signed a version, or somebody signed for them with a reason. It stands."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.PROTECT, related_name="signatures")
    party = models.CharField(max_length=12, choices=Party.choices)
    name = models.CharField(max_length=120)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Why somebody of the municipality signed for the party, and who; both are empty when the party signed.
    on_behalf = models.CharField(max_length=200, blank=True)
    noted_by = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=SIGNING), name="signature_party_known"),
            models.UniqueConstraint(fields=["version", "party"], name="signature_once"),
        ]


class OnboardingPlan(TablePersonRow):
    """The way into a job, begun by somebody who chose its tasks. `briefing`: what the citizen lets the colleagues know.

    The words stand only as the citizen approved them, or as somebody of the municipality did for them with a reason.
    What no company reads of it stands in `words`.
    """

    placement = models.OneToOneField(Placement, on_delete=models.PROTECT, related_name="onboarding")
    starts_on = models.DateField()
    mentor = models.CharField(max_length=120, blank=True)
    briefing = models.TextField(blank=True)
    briefing_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    briefing_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(briefing="") | Q(briefing_by__isnull=False, briefing_at__isnull=False),
                name="onboarding_briefing_has_word",
            ),
        ]

    @property
    def start_note(self) -> str:
        """Why the first day moved; empty for a company. Fetched along by `select_related("words")`."""
        words: OnboardingPlanWords | None = getattr(self, "words", None)
        return words.start_note if words else ""

    @property
    def briefing_on_behalf(self) -> str:
        """Why staff wrote these words down; empty for a company. Fetched along by `select_related("words")`."""
        words: OnboardingPlanWords | None = getattr(self, "words", None)
        return words.briefing_on_behalf if words and words.briefing_at == self.briefing_at else ""


class OnboardingPlanWords(PersonRow):
    """What staff write about a plan for the citizen and the circle around them: no company reads this row.

    The reason why staff wrote the briefing down holds for the briefing of the same moment.
    """

    plan = models.OneToOneField(OnboardingPlan, on_delete=models.PROTECT, related_name="words")
    start_note = models.CharField(max_length=200, blank=True)
    briefing_on_behalf = models.CharField(max_length=200, blank=True)
    briefing_at = models.DateTimeField(null=True, blank=True)


class OnboardingTask(TablePersonRow):
    """Something that is done on the way into a job, by somebody named and by a day.

    `code` is the template's, empty for a task that somebody wrote; `title`: {"da", "en"}; `is_arranging`: doing it puts
    the measure in place. The company reads tasks with `is_for_company`, and of none what stands in `words`.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="onboarding_tasks")
    code = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=60, blank=True)
    title = models.JSONField()
    step = models.CharField(max_length=12, choices=OnboardingStep.choices)
    owner = models.CharField(max_length=12, choices=TaskOwner.choices)
    who = models.CharField(max_length=120)
    due_on = models.DateField()
    is_for_company = models.BooleanField(default=False)
    is_arranging = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)
    done_name = models.CharField(max_length=120, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(step__in=OnboardingStep.values), name="onboarding_step_known"),
            models.CheckConstraint(condition=Q(owner__in=TaskOwner.values), name="onboarding_owner_known"),
            models.CheckConstraint(
                condition=Q(is_for_company=True) | ~Q(owner__in=AT_COMPANY), name="onboarding_own_task_is_read"
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(dropped_on__isnull=True), name="onboarding_done_or_dropped"
            ),
            models.UniqueConstraint(
                fields=["placement", "code", "measure"],
                condition=~Q(code="") & Q(dropped_on__isnull=True),
                name="onboarding_task_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                condition=Q(done_on__isnull=True, dropped_on__isnull=True),
                name="onboarding_task_due",
            ),
        ]

    @property
    def done_note(self) -> str:
        """How staff know that it is done; empty for a company. Fetched along by `select_related("words")`."""
        words: OnboardingTaskWords | None = getattr(self, "words", None)
        return words.done_note if words else ""

    @property
    def dropped_reason(self) -> str:
        """Why it is no longer to be done; empty for a company. Fetched along by `select_related("words")`."""
        words: OnboardingTaskWords | None = getattr(self, "words", None)
        return words.dropped_reason if words else ""


class OnboardingTaskWords(PersonRow):
    """What staff write about a task for the citizen and the circle around them: no company reads this row."""

    task = models.OneToOneField(OnboardingTask, on_delete=models.PROTECT, related_name="words")
    done_note = models.CharField(max_length=200, blank=True)
    dropped_reason = models.CharField(max_length=200, blank=True)
