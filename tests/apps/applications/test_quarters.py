"""Claims by quarter: the hours of a grant, the claim, the payment, and what is told when a day has passed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.applications import services
from jobbro.apps.applications.enums import ClaimState, Outcome, State
from jobbro.apps.applications.models import Claim
from jobbro.apps.applications.refusals import NotNow, NotThere, Refused
from jobbro.apps.applications.selectors import application_for, claims_of, deadlines_for
from jobbro.apps.applications.services import ClaimDraft
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, citizens, organisations
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 15)
AT = timezone.make_aware(datetime(2026, 7, 15, 10))


@dataclass
class People:
    staff: User
    citizen: Citizen


@pytest.fixture
def people() -> People:
    team = organisations.team()
    staff = accounts.employee(team=team)
    return People(staff=staff, citizen=citizens.citizen(team=team, lead=staff, has_login=True))


@pytest.fixture
def grant(people):
    return applications.granted(
        citizen=people.citizen,
        staff=people.staff,
        from_on=date(2026, 2, 15),
        until_on=date(2027, 2, 14),
        hours_week="7",
    )


def enter(actor, grant, quarter: int, hours: str) -> Claim:
    draft = ClaimDraft(year=2026, quarter=quarter, hours_used=Decimal(hours))
    return services.enter_claim(actor=actor, application_id=grant.pk, draft=draft, at=AT)


def move(actor, grant, quarter: int, name: str, on: date, reference: str = "") -> Claim:
    return services.move_claim(
        actor=actor,
        application_id=grant.pk,
        year=2026,
        quarter=quarter,
        move=name,
        on=on,
        reference=reference,
        at=AT,
    )


def test_each_quarter_has_its_hours_and_its_last_day(people, grant):
    with acting(people.staff) as actor:
        page = claims_of(actor=actor, application_id=grant.pk, on=TODAY)
    shown = [(row.quarter.code, row.hours_allowed, row.standing) for row in page.rows]
    assert shown == [
        ("2026-3", Decimal("92.00"), "running"),
        ("2026-2", Decimal("91.00"), "due"),
        ("2026-1", Decimal("45.00"), "lost"),
    ]
    assert page.row("2026-2").claim_until == date(2026, 9, 30)
    assert page.is_within_limit is True


def test_no_more_hours_than_granted_and_exactly_so_many(people, grant):
    with acting(people.staff) as actor:
        with pytest.raises(Refused, match="hours_allowed"):
            enter(actor, grant, 2, "91.01")
        assert enter(actor, grant, 2, "91").state == ClaimState.ENTERED
        assert enter(actor, grant, 2, "12.5").hours_used == Decimal("12.5")
        assert Claim.objects.count() == 1
        for hours in ("-1", "1001", "NaN"):
            with pytest.raises(Refused, match="hours_number"):
                enter(actor, grant, 2, hours)


def test_a_claim_is_sent_after_the_quarter_and_paid_within_fourteen_days(people, grant):
    with acting(people.staff) as actor:
        enter(actor, grant, 2, "80")
        with pytest.raises(Refused, match="quarter_runs"):
            move(actor, grant, 2, "send", date(2026, 6, 30))
        with pytest.raises(Refused, match="day_ahead"):
            move(actor, grant, 2, "send", TODAY + timedelta(days=1))
        move(actor, grant, 2, "send", date(2026, 7, 1))
        with pytest.raises(NotNow):
            enter(actor, grant, 2, "1")
        before = claims_of(actor=actor, application_id=grant.pk, on=TODAY).row("2026-2")
        after = claims_of(actor=actor, application_id=grant.pk, on=date(2026, 7, 16)).row("2026-2")
        assert (before.standing, before.pay_by, after.standing) == ("sent", TODAY, "late")
        with pytest.raises(Refused, match="day_before"):
            move(actor, grant, 2, "pay", date(2026, 6, 30))
        assert move(actor, grant, 2, "pay", date(2026, 7, 14), "77").reference == "77"
        with pytest.raises(NotNow):
            move(actor, grant, 2, "return", TODAY)


def test_a_claim_that_came_back_can_be_changed(people, grant):
    with acting(people.staff) as actor:
        enter(actor, grant, 2, "80")
        move(actor, grant, 2, "send", date(2026, 7, 1))
        assert move(actor, grant, 2, "return", TODAY).sent_on is None
        assert enter(actor, grant, 2, "70").hours_used == Decimal(70)


def test_what_is_no_quarter_of_the_grant_is_not_there(people, grant):
    with acting(people.staff) as actor:
        for year, quarter in ((2025, 4), (2026, 4), (2026, 5)):
            draft = ClaimDraft(year=year, quarter=quarter, hours_used=Decimal(1))
            with pytest.raises(NotThere):
                services.enter_claim(actor=actor, application_id=grant.pk, draft=draft, at=AT)
        with pytest.raises(NotThere):
            move(actor, grant, 2, "send", TODAY)


def test_the_citizen_reads_and_does_not_enter(people, grant):
    with acting(people.citizen.user) as actor:
        page = claims_of(actor=actor, application_id=grant.pk, on=TODAY)
        assert {row.moves for row in page.rows} == {()}
        with pytest.raises(PermissionDenied):
            enter(actor, grant, 2, "1")


def test_a_refusal_has_no_quarters(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.DECIDED)
    applications.decision(application=row, recorded_by=people.staff, outcome=Outcome.REFUSED)
    with acting(people.staff) as actor:
        assert claims_of(actor=actor, application_id=row.pk, on=TODAY) is None
        with pytest.raises(NotThere):
            enter(actor, row, 2, "1")


def test_the_deadlines_say_what_to_claim_and_what_is_not_paid(people, grant):
    applications.claim(
        application=grant, year=2026, quarter=1, state=ClaimState.SENT, sent_on=date(2026, 4, 2), hours_used="40"
    )
    with acting(people.staff) as actor:
        rows = deadlines_for(actor=actor, whose="own", on=TODAY).rows
    told = [(row.due.code, row.due.about, row.due.on, row.is_late) for row in rows]
    assert told == [
        ("pay", "2026-1", date(2026, 4, 16), True),
        ("claim", "2026-2", date(2026, 9, 30), False),
    ]


def test_a_grant_without_an_end_goes_on_quarter_by_quarter(people):
    grant = applications.granted(citizen=people.citizen, staff=people.staff, from_on=date(2026, 5, 1), hours_week="10")
    with acting(people.staff) as actor:
        codes = [row.quarter.code for row in claims_of(actor=actor, application_id=grant.pk, on=TODAY).rows]
    assert codes == ["2026-3", "2026-2"]


def test_hours_times_rate_is_the_most_that_can_be_claimed(people):
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.ACKNOWLEDGED)
    with acting(people.staff) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        draft = services.DecisionDraft(
            outcome=Outcome.GRANTED,
            decided_on=date(2026, 4, 1),
            received_on=date(2026, 4, 1),
            from_on=date(2026, 4, 1),
            hours_week=Decimal(7),
            rate=Decimal("127.86"),
        )
        services.decide_application(actor=actor, application_id=row.pk, draft=draft, seen=page.seen, at=AT)
        enter(actor, row, 2, "91")
        shown = claims_of(actor=actor, application_id=row.pk, on=TODAY).row("2026-2")
    # 13 weeks of 7 hours at the one rate that was found (Cabi, undated).
    assert shown.amount == Decimal("11635.26")
