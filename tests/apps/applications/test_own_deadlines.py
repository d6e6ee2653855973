"""A municipality's own deadlines: set from a day on, never overwritten, and what an application's day follows from."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import State
from jobbro.apps.applications.models import Application, OwnDeadline
from jobbro.apps.applications.refusals import Changed, NotThere, Refused
from jobbro.apps.applications.selectors import (
    application_for,
    applications_of,
    deadlines_for,
    my_due,
    own_deadline_for,
    own_deadlines_of,
    start_for,
)
from jobbro.apps.applications.services import MoveDetails, OwnDeadlineDraft, move_application, set_own_deadline
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, citizens, organisations
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 5, 4, 10))
TODAY = date(2026, 5, 4)
SCHEME = "personlig_assistance"


@dataclass
class People:
    code: str
    lead: User
    admin: User
    staff: User
    citizen: Citizen
    stranger: User


@pytest.fixture
def people() -> People:
    team = organisations.team()
    staff = accounts.employee(team=team)
    return People(
        code=organisations.municipality_of(team).code,
        lead=accounts.employee(role=Role.TEAM_LEAD, team=team, name="Line Leder"),
        admin=accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Ada Admin"),
        staff=staff,
        citizen=citizens.citizen(team=team, lead=staff, has_login=True),
        stranger=accounts.employee(role=Role.TEAM_LEAD, team=organisations.team(), name="Fremmed Leder"),
    )


def draft(**changes) -> OwnDeadlineDraft:
    return OwnDeadlineDraft(
        **{"value": 4, "unit": "weeks", "from_on": date(2026, 1, 1), "source": "Byrådet", **changes}
    )


def put(people: People, *, by: User | None = None, at: datetime = AT, **changes) -> OwnDeadline:
    with acting(by or people.lead) as actor:
        seen = own_deadline_for(actor=actor, municipality=people.code, scheme=SCHEME, on=TODAY).seen
        return set_own_deadline(
            actor=actor, municipality=people.code, scheme=SCHEME, draft=draft(**changes), seen=seen, at=at
        )


def holds(people: People, on: date) -> tuple[int, str] | None:
    with acting(people.staff) as actor:
        found = start_for(actor=actor, citizen_id=people.citizen.pk, scheme=SCHEME, on=on).deadline
    return (found.value, found.unit) if found else None


def test_team_leads_and_administrators_set_it_and_it_holds_from_its_day(people):
    put(people)
    put(people, by=people.admin, at=AT + timedelta(hours=1), value=30, unit="days", from_on=date(2026, 7, 1))
    assert holds(people, date(2025, 12, 31)) is None
    assert holds(people, date(2026, 1, 1)) == (4, "weeks")
    assert holds(people, date(2026, 6, 30)) == (4, "weeks")
    assert holds(people, date(2026, 7, 1)) == (30, "days")
    with acting(people.admin):
        verbs = list(Event.objects.filter(verb="deadline_set").values_list("citizen_id", "detail__value"))
    assert verbs == [(None, 30)]


def test_what_was_set_wrongly_is_put_right_and_stays_to_be_read(people):
    put(people)
    put(people, at=AT + timedelta(hours=1), value=6)
    put(people, at=AT + timedelta(hours=2), value=8, from_on=date(2026, 9, 1), until_on=date(2026, 12, 31))
    assert holds(people, date(2026, 3, 1)) == (6, "weeks")
    assert holds(people, date(2026, 12, 31)) == (8, "weeks")
    assert holds(people, date(2027, 1, 1)) is None
    with acting(people.staff) as actor:
        page = own_deadlines_of(actor=actor, municipality=None, on=TODAY)
        row = next(row for row in page.rows if row.procedure.scheme == SCHEME)
        assert [(v.deadline.value, v.standing, v.until_on) for v in row.versions] == [
            (8, "ahead", date(2026, 12, 31)),
            (6, "now", date(2026, 8, 31)),
            (4, "replaced", date(2025, 12, 31)),
        ]
        assert (row.now.value, row.is_own, page.may_set, page.set_count) == (6, True, False, 1)
        assert {version.recorded_by for version in row.versions} == {"Line Leder"}


def test_the_municipalitys_word_goes_before_what_we_have_read():
    team = organisations.team(unit=organisations.unit(organisations.municipality(code="0479", name="Svendborg")))
    lead = accounts.employee(role=Role.TEAM_LEAD, team=team)
    with acting(lead) as actor:
        before = own_deadline_for(actor=actor, municipality="0479", scheme="paragraf_56", on=TODAY)
        assert (before.now.value, before.is_own) == (6, False)
        text = draft(value=5, until_on=date(2026, 8, 1))
        set_own_deadline(actor=actor, municipality="0479", scheme="paragraf_56", draft=text, seen="none", at=AT)
        for on, value in ((TODAY, 5), (date(2026, 8, 2), None)):
            row = own_deadline_for(actor=actor, municipality="0479", scheme="paragraf_56", on=on)
            assert (row.now.value if row.now else None) == value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"value": 0}, "value"),
        ({"value": 105}, "value"),
        ({"value": 731, "unit": "days"}, "value"),
        ({"unit": "years"}, "unit"),
        ({"until_on": date(2025, 12, 31)}, "until_before"),
        ({"source": "  "}, "source"),
        ({"source": "x" * 201}, "source"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://" + "x" * 500}, "url"),
    ],
)
def test_what_cannot_be_a_deadline_is_refused(people, changes, code):
    with pytest.raises(Refused) as refusal:
        put(people, **changes)
    assert refusal.value.code == code


def test_the_same_again_and_an_older_reading_are_refused(people):
    put(people)
    with pytest.raises(Refused, match="same"):
        put(people)
    with acting(people.lead) as actor, pytest.raises(Changed):
        set_own_deadline(actor=actor, municipality=people.code, scheme=SCHEME, draft=draft(value=9), seen="none", at=AT)


def test_nobody_else_sets_it_by_service_or_by_sql(people):
    for user in (people.staff, people.stranger, people.citizen.user):
        with acting(user) as actor:
            assert own_deadline_for(actor=actor, municipality=people.code, scheme=SCHEME, on=TODAY) is None
            with pytest.raises(PermissionDenied):
                set_own_deadline(
                    actor=actor, municipality=people.code, scheme=SCHEME, draft=draft(), seen="none", at=AT
                )
        row = OwnDeadline(
            municipality_id=people.code,
            scheme=SCHEME,
            value=1,
            unit="days",
            from_on=TODAY,
            source="x",
            recorded_by=user,
            recorded_at=AT,
        )
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(user.pk):
            row.save(force_insert=True)
    with acting(people.lead) as actor, pytest.raises(NotThere):
        set_own_deadline(actor=actor, municipality=people.code, scheme="nothing", draft=draft(), seen="none", at=AT)
    kept = put(people)
    for statement in ("update applications_owndeadline set value = 9", "delete from applications_owndeadline"):
        with pytest.raises(ProgrammingError), acting_as(people.lead.pk), connection.cursor() as cursor:
            cursor.execute(statement)
    with pytest.raises(IntegrityError), transaction.atomic():
        applications.own_deadline(municipality=people.code, recorded_by=people.lead, unit="years")
    with acting_as(people.staff.pk):
        assert OwnDeadline.objects.get() == kept


def seen(actor, row: Application) -> str:
    return application_for(actor=actor, application_id=row.pk, on=TODAY).seen


def move(actor, row: Application, name: str, **details) -> Application:
    return move_application(
        actor=actor, application_id=row.pk, move=name, details=MoveDetails(**details), seen=seen(actor, row), at=AT
    )


def test_a_sent_application_is_expected_and_a_received_one_counted_by_the_deadline_of_its_day(people):
    used = put(people)
    later = put(people, at=AT + timedelta(hours=1), value=2, from_on=date(2026, 4, 30))
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.READY)
    with acting(people.citizen.user) as actor:
        move(actor, row, "send", channel="here", on=date(2026, 4, 29))
        assert [(due.code, due.on) for line in my_due(actor=actor, on=TODAY) for due in line.due] == [
            ("decide", date(2026, 5, 27)),
            ("acknowledge", None),
        ]
    with acting(people.staff) as actor:
        expected = [("decide", date(2026, 5, 27)), ("acknowledge", None)]
        (listed,) = applications_of(actor=actor, citizen_id=people.citizen.pk, on=TODAY).rows
        assert [(due.code, due.on) for due in listed.due] == expected
        assert [(d.due.code, d.due.on) for d in deadlines_for(actor=actor, whose="own", on=TODAY).rows] == expected
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert (page.deadline.value, page.is_counted_by_deadline) == (4, True)
        moved = move(actor, row, "acknowledge", on=date(2026, 4, 30))
        assert (moved.decide_by, moved.own_deadline_id) == (date(2026, 5, 14), later.pk)
    put(people, at=AT + timedelta(hours=2), value=50, from_on=date(2026, 4, 30))
    with acting(people.staff) as actor:
        page = application_for(actor=actor, application_id=row.pk, on=TODAY)
        assert (page.deadline.value, page.decide_by, page.is_counted_by_deadline) == (2, date(2026, 5, 14), True)
        assert page.deadline.reference.title == "Byrådet"
        move(actor, row, "postpone", by=date(2026, 6, 1))
        assert not application_for(actor=actor, application_id=row.pk, on=TODAY).is_counted_by_deadline
    assert used.pk != later.pk


def test_a_day_that_was_typed_goes_before_the_deadline(people):
    put(people)
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.SENT)
    with acting(people.staff) as actor:
        moved = move(actor, row, "acknowledge", on=date(2026, 3, 4), by=date(2026, 5, 1))
        assert (moved.decide_by, moved.own_deadline_id) == (date(2026, 5, 1), None)
        assert not application_for(actor=actor, application_id=row.pk, on=TODAY).is_counted_by_deadline


def test_an_application_cannot_be_counted_by_somebody_elses_deadline_or_by_the_citizen(people):
    mine = put(people)
    with acting(people.stranger) as actor:
        foreign = set_own_deadline(
            actor=actor, municipality=actor.codes[0], scheme=SCHEME, draft=draft(), seen="none", at=AT
        )
    row = applications.application(citizen=people.citizen, started_by=people.staff, state=State.SENT)
    for user, deadline in ((people.staff, foreign), (people.citizen.user, mine)):
        with pytest.raises(ProgrammingError), transaction.atomic(), acting_as(user.pk):
            Application.objects.filter(pk=row.pk).update(own_deadline=deadline)
    with acting_as(people.staff.pk):
        assert Application.objects.filter(pk=row.pk).update(own_deadline=mine) == 1
