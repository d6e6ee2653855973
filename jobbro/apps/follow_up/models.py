"""Short talks with citizen and employer apart, questions for help, sick leave without a cause, and what was done."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q

from jobbro.apps.accounts.models import DateRange, User
from jobbro.apps.audit.rows import Row
from jobbro.apps.citizens.models import PersonRow
from jobbro.apps.employers.models import Company
from jobbro.apps.organisations.models import Municipality
from jobbro.apps.placements.models import Placement, TablePersonRow, TableQuerySet

from .enums import LinkState, SignalDeed, TalkChannel, TalkParty, TalkState

MOST_HOURS = 48


class Rhythm(Row):
    """How a municipality follows up from a day on: when talks are due, how long a link holds, how soon help answers."""

    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    from_on = models.DateField()
    steps = ArrayField(models.CharField(max_length=4))
    then_months = models.PositiveSmallIntegerField()
    answer_days = models.PositiveSmallIntegerField()
    link_days = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer_days__gte=1, answer_days__lte=10), name="rhythm_answer_days"),
            models.CheckConstraint(condition=Q(link_days__gte=2, link_days__lte=60), name="rhythm_link_days"),
            models.CheckConstraint(condition=Q(then_months__lte=24), name="rhythm_then_months"),
        ]
        indexes = [models.Index(fields=["municipality", "-from_on", "-set_at"], name="rhythm_in_force")]


class Talk(TablePersonRow):
    """One short talk with one party, due on a day of the rhythm. Answered, it stands.

    `asked`: {"areas": [..], "measures": [{"code", "name": {"da", "en"}}], "answer_days": n}, as it was asked;
    `answers`: {"overall": 0-4, "areas": {area: 0-4}, "measures": {code: state}, "hours", "words", "wants_talk"}.
    """

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="talks")
    party = models.CharField(max_length=8, choices=TalkParty.choices)
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=TalkState.choices, default=TalkState.ASKED)
    channel = models.CharField(max_length=4, choices=TalkChannel.choices)
    asked = models.JSONField()
    answers = models.JSONField(default=dict)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # When an answer by link is waited for no longer; empty without a link.
    asked_until = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Who of the municipality wrote it down; empty when the party answered.
    noted_by = models.CharField(max_length=120, blank=True)
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=TalkParty.values), name="talk_party_known"),
            models.CheckConstraint(condition=Q(state__in=TalkState.values), name="talk_state_known"),
            models.CheckConstraint(condition=Q(channel__in=TalkChannel.values), name="talk_channel_known"),
            models.CheckConstraint(
                condition=Q(state=TalkState.ANSWERED, answered_at__isnull=False)
                | (~Q(state=TalkState.ANSWERED) & Q(answered_at__isnull=True)),
                name="talk_answered_has_time",
            ),
            models.UniqueConstraint(fields=["placement", "party", "due_on"], name="talk_once"),
        ]
        indexes = [
            models.Index(
                fields=["citizen"], condition=Q(state=TalkState.ANSWERED, read_at__isnull=True), name="talk_unread"
            )
        ]


class TalkLink(PersonRow):
    """A way into one talk without login. The token itself is kept nowhere; the browser that began has a mark."""

    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, related_name="links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    browser_hash = models.BinaryField(max_length=32, null=True, blank=True)
    state = models.CharField(max_length=8, choices=LinkState.choices, default=LinkState.OPEN)
    until_at = models.DateTimeField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=LinkState.values), name="talk_link_state_known"),
            models.UniqueConstraint(fields=["talk"], condition=Q(state=LinkState.OPEN), name="talk_link_one_open"),
        ]


class HelpRequest(PersonRow):
    """Somebody asks for help. It is answered by whoever stands next, with what was done; answered, it stands."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    placement = models.ForeignKey(
        Placement, on_delete=models.PROTECT, null=True, blank=True, related_name="help_requests"
    )
    talk = models.ForeignKey(Talk, on_delete=models.PROTECT, null=True, blank=True, related_name="help_requests")
    party = models.CharField(max_length=8, choices=TalkParty.choices)
    words = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    answer_by = models.DateField()
    done_text = models.TextField(blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    objects = TableQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(party__in=TalkParty.values), name="help_party_known"),
            models.CheckConstraint(
                condition=Q(placement__isnull=True, company__isnull=True)
                | Q(placement__isnull=False, company__isnull=False),
                name="help_place_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, done_text="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_text="")),
                name="help_done_says_what",
            ),
            models.CheckConstraint(condition=Q(answer_by__gt=F("asked_on")), name="help_days_in_order"),
        ]
        indexes = [models.Index(fields=["citizen", "answer_by"], condition=Q(done_at__isnull=True), name="help_open")]


class SickLeave(TablePersonRow):
    """Away from work for a period. Never why. Back some hours a week from a day, by a plan for the return."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="sick_leaves")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    partial_from = models.DateField(null=True, blank=True)
    partial_hours = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    plan = models.TextField(blank=True)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")), name="sick_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(partial_from__isnull=True, partial_hours__isnull=True)
                | Q(
                    partial_from__isnull=False,
                    partial_from__gte=F("from_on"),
                    partial_hours__gt=0,
                    partial_hours__lte=MOST_HOURS,
                ),
                name="sick_partial_whole",
            ),
            ExclusionConstraint(
                name="sick_not_twice",
                expressions=[
                    ("placement", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["citizen", "from_on"], name="sick_of_citizen")]


class SignalAnswer(PersonRow):
    """Somebody saw an early signal or did something about it: on which facts and by which version of the rules."""

    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="signal_answers")
    code = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    rule_version = models.CharField(max_length=20)
    sentence = models.TextField()
    deed = models.CharField(max_length=5, choices=SignalDeed.choices)
    text = models.TextField(blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(deed__in=SignalDeed.values), name="signal_deed_known"),
            models.CheckConstraint(condition=~Q(deed=SignalDeed.ACTED) | ~Q(text=""), name="signal_acted_says_what"),
        ]
        indexes = [models.Index(fields=["placement", "made_at"], name="signal_answers")]
