"""What waits for somebody after the first day: talks that are due, answers to read, calls for help, long sick leave."""

from datetime import date, timedelta
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, ExtractMonth, ExtractYear
from django.db.models.lookups import GreaterThan

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position
from jobbro.apps.cases.models import Case as Course
from jobbro.apps.placements.enums import PlacementState
from jobbro.apps.placements.models import Placement
from jobbro.engines.follow_up import read_steps, rules

from .enums import LinkState, TalkChannel, TalkParty, TalkState
from .models import HelpRequest, Rhythm, SickLeave, Talk, TalkLink
from .rhythms import InForce


class DueDay(Func):
    """The first day and so many days and months, as the engine counts."""

    template = "(%(expressions)s)::date"
    arg_joiner = " + "
    output_field = DateField()


class OwnDueDay(Func):
    """By a rhythm that the municipality has set itself."""

    function = "follow_up_due_on"
    output_field = DateField()


class Interval(Func):
    """So many months and days."""

    function = "make_interval"
    template = "%(function)s(months => %(expressions)s)"
    arg_joiner = ", days => "


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any, Any], ...]":
    """The rows of every need, each narrowed to what the actor may see."""
    due = _due_on(on=on)
    return (
        *(_talks_due(party, actor=actor, due=due, on=on) for party in TalkParty),
        _unread(actor=actor),
        _stopped(actor=actor),
        _help(actor=actor, on=on),
        _late_help(actor=actor, on=on),
        _long_sick_leave(actor=actor, on=on),
    )


def _talks_due(party: TalkParty, *, actor: Actor, due: Combinable, on: date) -> "QuerySet[Any, Any]":
    """Talks of the rhythm that are due and not answered: ours to ask for, theirs while a link is out."""
    answered = Talk.objects.filter(
        placement_id=OuterRef("pk"), party=party, state=TalkState.ANSWERED, due_on__gte=OuterRef("talk_due_on")
    )
    # Not read through visible_to: the wall narrows these to the same persons.
    out = TalkLink.objects.filter(
        talk__placement_id=OuterRef("pk"), talk__party=party, state=LinkState.OPEN, talk__asked_until__gte=on
    )
    rows = (
        Placement.objects.visible_to(actor)
        .filter(state=PlacementState.AGREED, starts_on__isnull=False)
        .annotate(talk_due_on=due)
        .filter(talk_due_on__isnull=False)
        .filter(~Exists(answered))
    )
    theirs = Value("citizen") if party == TalkParty.CITIZEN else Value("employer")
    waits_on = Case(When(Exists(out), then=theirs), default=Value("us"), output_field=CharField())
    return _told(rows, need=f"talk_due_{party}", waits_on=waits_on, due_on=F("talk_due_on"), subject=F("pk"))


def _unread(*, actor: Actor) -> "QuerySet[Any, Any]":
    """Answers that nobody of the municipality has read."""
    rows = Talk.objects.visible_to(actor).filter(state=TalkState.ANSWERED, read_at__isnull=True)
    rows = rows.exclude(channel=TalkChannel.HELD)
    return _told(rows, need="talk_answered", waits_on=Value("us"), due_on=None, subject=F("placement_id"))


def _stopped(*, actor: Actor) -> "QuerySet[Any, Any]":
    """Links that reached somebody else, as long as the talk has not been had."""
    rows = TalkLink.objects.visible_to(actor).filter(
        ~Q(talk__state=TalkState.ANSWERED),
        ~Exists(TalkLink.objects.filter(talk_id=OuterRef("talk_id"), sent_at__gt=OuterRef("sent_at"))),
        state=LinkState.STOPPED,
        talk__placement__state=PlacementState.AGREED,
    )
    return _told(rows, need="talk_link_stopped", waits_on=Value("us"), due_on=None, subject=F("talk__placement_id"))


def _help(*, actor: Actor, on: date) -> "QuerySet[Any, Any]":
    """Calls for help that wait within their time."""
    rows = HelpRequest.objects.visible_to(actor).filter(done_at__isnull=True, answer_by__gte=on)
    return _told(rows, need="help_asked", waits_on=Value("us"), due_on=F("answer_by"), subject=F("pk"))


def _late_help(*, actor: Actor, on: date) -> "QuerySet[Any, Any]":
    """Calls for help that were not answered in time: now it is the team lead's turn."""
    rows = HelpRequest.objects.visible_to(actor).filter(done_at__isnull=True, answer_by__lt=on)
    unit = Course.objects.filter(citizen_id=OuterRef(OuterRef("citizen_id"))).values("team__unit_id")[:1]
    leads = Position.objects.standing(on=on).filter(role=Role.TEAM_LEAD, unit_id=Subquery(unit), user__is_active=True)
    lead = Subquery(leads.order_by("from_on", "pk").values("user_id")[:1])
    return _told(rows, need="help_overdue", waits_on=Value("us"), due_on=F("answer_by"), subject=F("pk"), user_id=lead)


def _long_sick_leave(*, actor: Actor, on: date) -> "QuerySet[Any, Any]":
    """Sick leave that lasts, without a plan for the return."""
    days = timedelta(days=rules().by_code["sick_long"].numbers["days"])
    rows = SickLeave.objects.visible_to(actor).filter(
        until_on__isnull=True, plan="", from_on__lt=on - days, placement__state=PlacementState.AGREED
    )
    due = DueDay(F("from_on"), Interval(_number(0), _number(days.days)))
    return _told(rows, need="return_to_plan", waits_on=Value("us"), due_on=due, subject=F("placement_id"))


def _due_on(*, on: date) -> Combinable:
    """The newest day of the rhythm that has come; null before the first. The usual rhythm is counted in place."""
    own = Rhythm.objects.filter(from_on__lte=on).values("municipality_id")
    by_own = OwnDueDay(F("citizen__municipality_id"), F("starts_on"), _day(on))
    return Case(
        When(citizen__municipality_id__in=own, then=by_own),
        default=_newest_step(InForce(), on=on),
        output_field=DateField(),
    )


def _newest_step(rhythm: InForce, *, on: date) -> Case:
    """The step before the first that lies ahead, of a rhythm whose last step is in months and comes again and again."""
    steps = read_steps(rhythm.steps)
    last, every = steps[-1].count, rhythm.then_months
    whens: list[When] = []
    before: Combinable = Value(None, output_field=DateField())
    for step in steps:
        day = _day_of(months=step.count) if step.is_months else _day_of(days=step.count)
        whens.append(_ahead(day, on=on, then=before))
        before = day
    # Months of the calendar, so the newest day may still lie ahead: then it is the one before.
    again = (_month_of(_day(on)) - _month_of(F("starts_on")) - _number(last)) / _number(every)
    months = _number(last) + again * _number(every)
    whens.append(_ahead(_day_of(months=months), on=on, then=_day_of(months=months - _number(every))))
    return Case(*whens, default=_day_of(months=months), output_field=DateField())


def _ahead(day: Combinable, *, on: date, then: Combinable) -> When:
    return When(GreaterThan(day, _day(on)), then=then)


def _day_of(*, months: Combinable | int = 0, days: int = 0) -> DueDay:
    counted = _number(months) if isinstance(months, int) else months
    return DueDay(F("starts_on"), Interval(counted, _number(days)))


def _month_of(day: Combinable) -> Combinable:
    """Counted from the year 0."""
    return Cast(ExtractYear(day) * _number(12) + ExtractMonth(day), IntegerField())


def _day(on: date) -> Value:
    return Value(on, output_field=DateField())


def _number(count: int) -> Value:
    return Value(count, output_field=IntegerField())


def _told(
    rows: "QuerySet[Any]",
    *,
    need: str,
    waits_on: Combinable,
    due_on: Combinable | None,
    subject: F,
    user_id: Combinable | None = None,
) -> "QuerySet[Any, Any]":
    return (
        rows.order_by()
        .values("citizen_id")
        .annotate(
            need=Value(need),
            waits_on=waits_on,
            due_on=due_on if due_on is not None else Value(None, output_field=DateField()),
            user_id=user_id if user_id is not None else Value(None, output_field=UUIDField()),
            subject_id=subject,
        )
    )
