"""The end of a job: with a reason that the company does not read, on a day that has come, and never undone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.matching.models import Card
from jobbro.apps.placements.enums import EndedBy, EndReason, PlacementState
from jobbro.apps.placements.models import AgreementVersion, Ending, Placement
from jobbro.apps.placements.refusals import NotNow, NotThere, Refused
from jobbro.apps.placements.selectors.overview import days_at_tables
from jobbro.apps.placements.services.ending import end_placement
from tests.factories import accounts, placements
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db

TODAY, NOW = timezone.localdate(), timezone.now()


def end(user: User, placement: Placement, **fields: object) -> Placement:
    values = {"ended_on": TODAY, "reason": EndReason.NO_WORK, "note": "", **fields}
    with accounts.acting(user) as actor:
        return end_placement(actor=actor, placement_id=placement.pk, on=TODAY, at=NOW, **values)


def test_a_job_ends_with_its_reason() -> None:
    at = placements.table()
    running = placements.running(at=at)
    end(at.broker, running, ended_on=TODAY - timedelta(days=1), note=" Butikken har færre kunder. ")
    now = placements.placement_now(at.proposal.pk)
    assert (now.state, now.ended_on) == (PlacementState.ENDED, (TODAY - timedelta(days=1)).isoformat())
    with accounts.acting(at.broker):
        told = Ending.objects.get()
    assert (told.reason, told.decided_by, told.note) == ("no_work", EndedBy.EMPLOYER, "Butikken har færre kunder.")
    events = rows_of(
        "select detail from audit_event where verb = 'placement_ended' and citizen_id = $1::uuid", value=at.citizen.pk
    )
    assert [event.detail for event in events] == [{"reason": "no_work"}]


def test_told_twice_it_is_told_once_and_with_another_day_it_stands() -> None:
    at = placements.table()
    running = placements.running(at=at)
    end(at.broker, running)
    end(at.broker, running)
    with pytest.raises(NotNow):
        end(at.broker, running, ended_on=TODAY - timedelta(days=3))
    with accounts.acting(at.broker):
        assert Ending.objects.count() == 1


@pytest.mark.parametrize(
    ("begun", "fields", "code"),
    [
        (40, {"ended_on": TODAY + timedelta(days=1)}, "ahead"),
        (40, {"ended_on": TODAY - timedelta(days=41)}, "before_start"),
        (-10, {"ended_on": TODAY - timedelta(days=1), "reason": EndReason.NOT_BEGUN}, "before_start"),
        (40, {"reason": EndReason.OTHER, "note": "  "}, "needed"),
        (40, {"note": "010203-1234"}, "cpr"),
        (40, {"note": "x" * 5001}, "too_long"),
    ],
)
def test_an_end_that_cannot_be_is_refused(begun: int, fields: dict, code: str) -> None:
    at = placements.table()
    running = placements.running(at=at, begun=begun)
    with pytest.raises(Refused) as told:
        end(at.broker, running, **fields)
    assert told.value.code == code
    assert placements.placement_now(at.proposal.pk).state == PlacementState.AGREED


def test_a_job_that_never_began_can_end() -> None:
    at = placements.table()
    end(at.broker, placements.running(at=at, begun=-10), reason=EndReason.NOT_BEGUN)
    assert placements.placement_now(at.proposal.pk).ended_on == TODAY.isoformat()


def test_staff_around_the_person_end_it_and_nobody_else() -> None:
    at = placements.table()
    running = placements.running(at=at)
    for user in (at.citizen.user, at.employer):
        with pytest.raises(PermissionDenied):
            end(user, running)
    with pytest.raises(NotThere):
        end(placements.table().broker, running)


def test_what_is_being_agreed_does_not_end() -> None:
    at = placements.table()
    version = placements.agreement(at=at)
    with pytest.raises(NotNow):
        end(at.broker, version.placement)


def test_why_it_ended_is_not_the_companys_to_read() -> None:
    at = placements.table()
    end(at.broker, placements.running(at=at))
    with accounts.acting(at.employer):
        assert (Placement.objects.count(), Ending.objects.count()) == (1, 0)
    with accounts.acting(at.citizen.user):
        assert Ending.objects.count() == 1


@pytest.mark.parametrize(("days_ago", "seen"), [(0, 1), (84, 1), (85, 0), (200, 0)])
def test_the_company_reads_it_for_twelve_weeks(days_ago: int, seen: int) -> None:
    at = placements.table()
    placements.end(placement=placements.running(at=at, begun=300), days_ago=days_ago, by=at.broker)
    with accounts.acting(at.employer):
        assert [model.objects.count() for model in (Placement, AgreementVersion, Card)] == [seen] * 3
    with accounts.acting(at.broker):
        assert [model.objects.count() for model in (Placement, AgreementVersion, Card)] == [1] * 3


def test_support_that_was_not_arranged_waits_no_longer() -> None:
    at = placements.table()
    placements.arrangement(at=at)
    running = placements.running(at=at)
    later: date = TODAY + timedelta(days=30)
    with accounts.acting(at.broker) as actor:
        assert days_at_tables(actor=actor, on=TODAY, until=later) == 1
    end(at.broker, running)
    with accounts.acting(at.broker) as actor:
        assert days_at_tables(actor=actor, on=TODAY, until=later) == 0


def written(at: placements.Table, running: Placement, by: User) -> Ending:
    return Ending(
        citizen_id=at.citizen.pk,
        placement_id=running.pk,
        reason=EndReason.TERM,
        decided_by=EndedBy.AGREED,
        written_by_id=by.pk,
        written_at=NOW,
    )


ENDS = "update placements_placement set state = 'ended', ended_on = current_date where id = %s"


def test_the_database_wants_a_reason_a_day_that_has_come_and_staff() -> None:
    at = placements.table()
    running = placements.running(at=at)
    with accounts.acting(at.broker), pytest.raises(DatabaseError, match="with its reason"), transaction.atomic():
        connection.cursor().execute(ENDS, [running.pk])
    for user in (at.citizen.user, at.employer, placements.table().broker):
        with accounts.acting(user), pytest.raises(DatabaseError), transaction.atomic():
            written(at, running, user).save(force_insert=True)
    with accounts.acting(at.broker):
        with pytest.raises(DatabaseError), transaction.atomic():
            written(at, running, at.employer).save(force_insert=True)
        written(at, running, at.broker).save(force_insert=True)
        with pytest.raises(DatabaseError, match="with its reason"), transaction.atomic():
            connection.cursor().execute(ENDS.replace("current_date", "current_date + 9"), [running.pk])
        connection.cursor().execute(ENDS, [running.pk])
        with pytest.raises(DatabaseError, match="with its reason"), transaction.atomic():
            connection.cursor().execute(
                "update placements_placement set ended_on = current_date - 1 where id = %s", [running.pk]
            )
        with pytest.raises(DatabaseError, match="does not move"), transaction.atomic():
            connection.cursor().execute(
                "update placements_placement set state = 'agreed', ended_on = null where id = %s", [running.pk]
            )
