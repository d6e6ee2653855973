"""Applications, claims and posts with fortrinsadgang; the days are those of the page of deadlines."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, ExtractQuarter, ExtractYear, Least, TruncDate, TruncQuarter

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.applications.due import CLAIMED, GRANTS, NEXT_OF_VACANCY, REMIND_OF_END
from jobbro.apps.applications.enums import ClaimState, Outcome, State
from jobbro.apps.applications.facts import all_procedures
from jobbro.apps.applications.models import Application, Claim, Decision, Vacancy
from jobbro.apps.applications.states import OPEN_VACANCY, UNSENT
from jobbro.engines.schemes.procedures import ClaimRule, Procedure

from ..enums import WaitsOn
from .shape import days_after, need

_WHO = {"employer": WaitsOn.EMPLOYER, "municipality": WaitsOn.US, "citizen": WaitsOn.CITIZEN}


def needs_doing(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """What applications, decisions, claims and posts wait for."""
    return (
        *_on_the_way(actor=actor),
        *_decided(actor=actor, on=on),
        *_claims(actor=actor, on=on),
        _posts(actor=actor),
    )


def _on_the_way(*, actor: Actor) -> "tuple[QuerySet[Any], ...]":
    rows = Application.objects.visible_to(actor)
    more = rows.filter(state=State.MORE_WANTED)
    complained = rows.filter(state=State.COMPLAINED)
    started_on = TruncDate("started_at")
    again_by = _by_scheme(lambda procedure: procedure.complaint.reconsider_weeks, after=F("complained_on"))
    return (
        need(rows.filter(state__in=UNSENT), code="application_write", waits_on=WaitsOn.CITIZEN, due_on=started_on),
        need(rows.filter(state=State.SENT), code="application_receive", waits_on=WaitsOn.US, due_on=F("sent_on")),
        need(
            rows.filter(state__in=(State.ACKNOWLEDGED, State.MORE_WANTED)),
            code="application_decide",
            waits_on=WaitsOn.US,
            due_on=F("decide_by"),
        ),
        need(more, code="application_answer", waits_on=WaitsOn.CITIZEN, due_on=F("answer_by")),
        need(
            complained.filter(forwarded_on__isnull=True),
            code="application_reconsider",
            waits_on=WaitsOn.US,
            due_on=again_by,
        ),
        need(
            complained.filter(forwarded_on__isnull=False),
            code="application_appeal",
            waits_on=WaitsOn.OTHER,
            due_on=F("forwarded_on"),
        ),
    )


def _by_scheme(weeks: Callable[[Procedure], int | None], *, after: Combinable, column: str = "scheme") -> Combinable:
    """So many weeks after a day, as the procedure of each scheme has it; null where it has none."""
    found = {scheme: weeks(procedure) for scheme, procedure in sorted(all_procedures().by_scheme.items())}
    lengths: dict[int, list[str]] = {}
    for scheme, number in found.items():
        if number is not None:
            lengths.setdefault(number, []).append(scheme)
    days = [When(**{f"{column}__in": named}, then=Value(7 * number)) for number, named in sorted(lengths.items())]
    return ExpressionWrapper(
        after + Case(*days, default=Value(None), output_field=IntegerField()), output_field=DateField()
    )


def _newest(*, actor: Actor) -> "QuerySet[Any]":
    """The decisions that count: the one of each decided application that was recorded last."""
    later = Decision.objects.filter(application_id=OuterRef("application_id"), recorded_at__gt=OuterRef("recorded_at"))
    rows: QuerySet[Any] = Decision.objects.visible_to(actor).filter(application__state=State.DECIDED)
    return rows.exclude(Exists(later))


def _decided(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    newest = _newest(actor=actor)
    until = _by_scheme(
        lambda procedure: procedure.complaint.within_weeks, after=F("received_on"), column="application__scheme"
    )
    refused = newest.filter(outcome__in=(Outcome.REFUSED, Outcome.PARTLY)).alias(last_day=until)
    ending = newest.filter(outcome__in=GRANTS, until_on__range=(on, on + REMIND_OF_END))
    about = F("application_id")
    return (
        need(
            refused.filter(last_day__gte=on),
            code="complaint_ends",
            waits_on=WaitsOn.CITIZEN,
            due_on=until,
            subject_id=about,
        ),
        need(ending, code="grant_ends", waits_on=WaitsOn.US, due_on=F("until_on"), subject_id=about),
    )


def _claims(*, actor: Actor, on: date) -> "tuple[QuerySet[Any], ...]":
    """The quarter that ended last, and claims that are sent."""
    began = Cast(TruncQuarter(Value(on, output_field=DateField())), DateField())
    ended = days_after(began, -1)
    handled = Claim.objects.filter(
        application_id=OuterRef("application_id"), year=ExtractYear(ended), quarter=ExtractQuarter(ended)
    ).exclude(state=ClaimState.ENTERED)
    running = _newest(actor=actor).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=Cast(TruncQuarter(ended), DateField())),
        outcome__in=GRANTS,
        from_on__lte=ended,
        application__scheme__in=CLAIMED,
    )
    sent = Claim.objects.visible_to(actor).filter(state=ClaimState.SENT)
    about = F("application_id")
    return (
        need(
            running.exclude(Exists(handled)),
            code="claim_to_send",
            waits_on=WaitsOn.EMPLOYER,
            due_on=_last_day_to_claim(ended),
            subject_id=about,
        ),
        need(sent, code="claim_to_pay", waits_on=WaitsOn.US, due_on=_pay_by(), subject_id=about),
    )


class ReachesBack(Func):
    """The last day from which a claim made so many months back reaches a day (`claim_until` of the engine)."""

    arg_joiner = ") + 1 + make_interval(months => "
    template = "(((%(expressions)s)) - interval '1 day')::date"
    output_field = DateField()


def _last_day_to_claim(ended: Combinable) -> Combinable:
    """Of the quarter, or of its part until the grant's last day."""
    months = {scheme: _claims_of(scheme).back_months or 0 for scheme in CLAIMED}
    whens = [When(application__scheme=scheme, then=Value(number)) for scheme, number in months.items()]
    return ReachesBack(Least(ended, "until_on"), Case(*whens, output_field=IntegerField()))


def _pay_by() -> Combinable:
    days = {scheme: _claims_of(scheme).pay_within_days or 0 for scheme in CLAIMED}
    whens = [When(application__scheme=scheme, then=Value(number)) for scheme, number in days.items()]
    moved = F("sent_on") + Case(*whens, default=Value(0), output_field=IntegerField())
    return ExpressionWrapper(moved, output_field=DateField())


def _claims_of(scheme: str) -> ClaimRule:
    claims = all_procedures().by_scheme[scheme].claims
    assert claims is not None, "a scheme in CLAIMED says how it is claimed"
    return claims


def _posts(*, actor: Actor) -> "QuerySet[Any]":
    whose = [When(state=state, then=Value(_WHO[who].value)) for state, (_, who) in NEXT_OF_VACANCY.items()]
    rows = Vacancy.objects.visible_to(actor).filter(state__in=OPEN_VACANCY)
    return need(
        rows,
        code="vacancy_step",
        waits_on=Case(*whose, default=Value(WaitsOn.EMPLOYER.value), output_field=CharField()),
        due_on=Coalesce("negotiated_on", "account_on", "interviewed_on", "invited_on", "noted_on"),
    )
