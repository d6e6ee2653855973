"""Functions of the owner look past the wall: each asks who calls it, whatever day, key or mark it is given."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.audit.context import SYSTEM_ACTOR, acting_as
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.cases.models import Note
from jobbro.apps.courses.services.sessions import settle_session
from jobbro.apps.outbox.enums import MessageKind
from jobbro.apps.outbox.recipients import Recipient
from jobbro.apps.outbox.services import call_off_messages, queue_message
from tests.apps.closing.test_moving import Removal
from tests.apps.courses.test_seats import School, state_of
from tests.factories import accounts, citizens, mobility, organisations, placements
from tests.factories.accounts import acting
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
LONG_AGO = UUID("00000000-0000-7000-8000-000000000000")


def _asks(statement: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_only_the_worker_ends_jobs_by_their_day() -> None:
    at = placements.table()
    running = placements.running(at=at)
    mobility.notice(at=at, placement=running, last_on=TODAY + timedelta(days=40))
    for user in (at.employer, at.broker, at.citizen.user):
        with acting(user), pytest.raises(DatabaseError, match="permission denied"):
            _asks("select mobility_end_passed(%s::date, %s::timestamptz)", TODAY + timedelta(days=400), NOW)
    with acting_as(SYSTEM_ACTOR):
        _asks("select mobility_end_passed(%s::date, %s::timestamptz)", TODAY, NOW)
    (row,) = rows_of("select state from placements_placement where id = $1::uuid", value=running.pk)
    assert row.state == "agreed"


def test_nobody_ends_a_waiting_list_by_naming_a_later_moment() -> None:
    school = School()
    school.enrol(school.citizen())
    school.enrol(school.citizen())
    waits = school.enrol(school.citizen())
    before = state_of(waits)
    with acting(accounts.employee(team=organisations.team())):
        settle_session(session_id=school.session.pk, at=NOW + timedelta(days=400))
    assert state_of(waits) == before


def _told(*, key: str, link: str = "/meetings/") -> None:
    anna = citizens.citizen(team=organisations.team())
    queue_message(
        to=Recipient(citizen_id=anna.pk), kind=MessageKind.MEETING_REMINDER, link=link, key=key, send_at=NOW, at=NOW
    )


@pytest.mark.parametrize("prefix", ["", "m", "meeting", "meeting:", "meeting:%:", ":"])
def test_nobody_calls_off_everybodys_messages_at_once(prefix: str) -> None:
    _told(key="meeting:1:day")
    with (
        acting(accounts.employee(team=organisations.team())),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        call_off_messages(prefix=prefix, at=NOW)
    assert [row.state for row in rows_of("select state from outbox_message")] == ["waiting"]


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "/\\evil.example", "", "javascript:x"])
def test_a_message_leads_nowhere_but_here(link: str) -> None:
    values = [uuid7(), "key", "a@evil.example", link, NOW]
    with acting(accounts.employee(team=organisations.team())), pytest.raises(DatabaseError, match="permission denied"):
        _asks(
            "select outbox_queue(%s::uuid, %s::text, null, null, %s::text, '', 'da', 'message', %s::text, '{}'::jsonb,"
            " null, %s::timestamptz, null, now())",
            *values,
        )


def test_the_receiver_does_not_choose_from_when_on_they_read() -> None:
    removal = Removal()
    removal.answer(profile=False, plan=False)
    values = [removal.move.pk, removal.new_team.pk, removal.gitte.pk, uuid7(), uuid7()]
    statement = "select closing_move_citizen(%s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid, %s::uuid)"
    with acting(removal.new_lead), pytest.raises(DatabaseError, match="permission denied"):
        _asks(statement, *values, LONG_AGO)
    removal.take()
    with acting(removal.gitte):
        assert not Note.objects.exists()


def _parted() -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select unnest(closing_parted())")
        return {person for (person,) in cursor.fetchall()}


def test_who_has_moved_is_told_of_nobody_else() -> None:
    removal, other = Removal(), Removal()
    for one in (removal, other):
        one.answer(profile=False, plan=False)
        one.take()
    for user in (removal.gitte, removal.anna.user, removal.new_lead):
        with acting(user):
            assert _parted() == {removal.anna.pk}
    for user in (removal.jonas, removal.old_lead, removal.at.employer, accounts.employee(team=organisations.team())):
        with acting(user):
            assert _parted() == set()
    with acting_as(None):
        assert _parted() == set()
