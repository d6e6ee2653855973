"""Who knows what about the schemes, questions to them with their answers, and the knowledge that is kept of it."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import DateRange, User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import PersonRow
from jobbro.apps.organisations.models import Dated, DatedQuerySet, Municipality, Team, Unit, UnitMunicipality

from .enums import AdviserKind, Model, QuestionState, TurnKind

ADVISING = (Role.KEY_PERSON, Role.TEAM_LEAD)


def _codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)


def _period() -> DateRange:
    return DateRange("from_on", "until_on", RangeBoundary(inclusive_upper=True))


def _serves(actor: Actor, *, unit: str) -> Exists:
    """Whether the unit serves a municipality of the actor's; nobody but staff has a position."""
    codes = actor.codes if actor.positions else ()
    return Exists(UnitMunicipality.objects.filter(unit_id=OuterRef(unit), municipality_id__in=codes))


class UnitRowQuerySet(DatedQuerySet):
    """Rows of units; the wall in the database narrows this to units that serve the actor's municipalities."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_serves(actor, unit="unit_id"))


class AdviceModel(Row, Dated):
    """The model a unit has chosen for a period, and within how many working days it answers."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(max_length=8, choices=Model.choices)
    answer_days = models.PositiveSmallIntegerField(default=2)
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = UnitRowQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(model__in=Model.values), name="advice_model_known"),
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=20), name="advice_days_possible"),
            ExclusionConstraint(
                name="advice_model_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (_period(), RangeOperators.OVERLAPS)],
            ),
        ]


class Adviser(Row, Dated):
    """A colleague whom others can ask: a key person of a unit or the resource person of a team, with subjects."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AdviserKind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    schemes = _codes()
    groups = _codes()
    own_words = models.CharField(max_length=200, blank=True)
    hours_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    reach = models.CharField(max_length=200, blank=True)

    objects = UnitRowQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(condition=Q(kind__in=AdviserKind.values), name="adviser_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=AdviserKind.KEY_PERSON, team__isnull=True)
                | Q(kind=AdviserKind.RESOURCE_PERSON, team__isnull=False),
                name="adviser_resource_has_team",
            ),
            models.CheckConstraint(
                condition=Q(hours_week__isnull=True) | Q(hours_week__gt=0, hours_week__lte=40),
                name="adviser_hours_possible",
            ),
            ExclusionConstraint(
                name="adviser_not_twice",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (_period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class AwayQuerySet(DatedQuerySet):
    """Times away; the wall in the database narrows this to units that serve the actor's municipalities."""

    def visible_to(self, actor: Actor) -> Self:
        return self.filter(_serves(actor, unit="adviser__unit_id"))


class Away(Row, Dated):
    """An adviser is away for a period, and who answers meanwhile. Why is nobody's business here."""

    adviser = models.ForeignKey(Adviser, on_delete=models.PROTECT, related_name="away")
    cover = models.ForeignKey(Adviser, on_delete=models.PROTECT, null=True, blank=True, related_name="covering")
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = AwayQuerySet.as_manager()  # type: ignore[misc]

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(cover__isnull=True) | ~Q(cover=F("adviser")), name="away_cover_is_another"
            ),
            ExclusionConstraint(
                name="away_once_at_a_time",
                expressions=[("adviser", RangeOperators.EQUAL), (_period(), RangeOperators.OVERLAPS)],
            ),
        ]


class QuestionQuerySet(models.QuerySet):
    """Questions; the wall in the database narrows this to today's askers, advisers and team leads."""

    def visible_to(self, actor: Actor) -> Self:
        """Own questions, and those of units that the actor advises or leads; nobody's from outside."""
        if not actor.positions:
            return self.none()
        units = {position.unit_id for position in actor.positions if position.role in ADVISING}
        named = Adviser.objects.filter(unit_id=OuterRef("unit_id"))
        serves = Exists(named.filter(user_id=actor.id)) | Exists(named.filter(away__cover__user_id=actor.id))
        own = Q(asker_id=actor.id) & Q(_serves(actor, unit="unit_id"))
        return self.filter(own | Q(unit_id__in=units) | serves)


class Question(Row):
    """A colleague asks. `context`: [{"kind", "code", "level"?, "on"?}]; never who the citizen is.

    `name_marks` are keyed hashes of the citizen's name, so that no later word of the thread or of the knowledge made
    from it holds the name; the name itself is not here.
    """

    asker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField()
    context = models.JSONField(default=list, blank=True)
    schemes = _codes()
    groups = _codes()
    name_marks = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    directed_to = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=QuestionState.choices, default=QuestionState.ASKED)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_minutes = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    entry = models.ForeignKey("Entry", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=QuestionState.values), name="question_state_known"),
            models.CheckConstraint(condition=~Q(text=""), name="question_has_words"),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.TAKEN) | Q(taken_by__isnull=False), name="question_taken_by_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.ANSWERED)
                | Q(answered_at__isnull=False, answer_minutes__isnull=False, taken_by__isnull=False),
                name="question_answered_has_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.CLOSED) | Q(closed_at__isnull=False), name="question_closed_has_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="question_waiting"),
            models.Index(fields=["asker", "-asked_at"], name="question_of_asker"),
            models.Index(fields=["unit", "-asked_at"], name="question_newest"),
        ]


class Turn(Row):
    """One step of a question, with words when it has some. It stands as written."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=10, choices=TurnKind.choices)
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TurnKind.values), name="turn_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind__in=[TurnKind.ANSWER, TurnKind.FOLLOW_UP]) | ~Q(text=""), name="turn_has_words"
            ),
        ]
        indexes = [models.Index(fields=["question", "at"], name="turn_in_order")]


class Invitation(PersonRow):
    """The asker has invited a key person into the team around the citizen, because of this question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="invitations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_on = models.DateField()
    until_on = models.DateField()


class EntryQuerySet(models.QuerySet):
    """Knowledge; the wall in the database narrows this to what staff may read."""

    def visible_to(self, actor: Actor) -> Self:
        """For staff: knowledge of the own municipalities, and what was published for everybody."""
        if not actor.positions:
            return self.none()
        return self.filter(Q(municipality_id__in=actor.codes) | Q(is_wide=True))


class Entry(Row):
    """A question and its answer without anybody in it, as they read now. Every wording is kept as an EntryVersion.

    `search` and `folded` are written by the database from the words.
    """

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    is_wide = models.BooleanField(default=False)
    title = models.CharField(max_length=200)
    answer = models.TextField()
    schemes = _codes()
    groups = _codes()
    law = models.CharField(max_length=200, blank=True)
    law_url = models.URLField(blank=True)
    check_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    search = SearchVectorField(null=True, editable=False)
    folded = models.TextField(default="", editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(answer=""), name="entry_has_words"),
        ]
        indexes = [
            GinIndex(fields=["search"], name="entry_search"),
            GinIndex(OpClass(F("folded"), name="gin_trgm_ops"), name="entry_folded"),
            models.Index(fields=["municipality", "check_on"], name="entry_to_check"),
        ]


class EntryVersion(Row):
    """One wording of an entry; written by the database whenever the words change, and never touched."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    answer = models.TextField()
    schemes = _codes()
    groups = _codes()
    law = models.CharField(max_length=200, blank=True)
    law_url = models.URLField(blank=True)
    is_wide = models.BooleanField()
    check_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="entry_version_once")]


class Useful(Row):
    """Somebody found an entry useful. Only the number is told."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "user"], name="useful_once")]
