"""Two people and one seat at the same moment, over two connections: one seat, one place on the list."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from jobbro.apps.courses.enums import LeftReason, SeatState
from jobbro.apps.courses.models import Enrolment
from jobbro.apps.courses.services import seats
from jobbro.apps.courses.stamps import seen_seat
from tests.factories.accounts import acting
from tests.factories.rows import rows_of

from .test_seats import School

pytestmark = pytest.mark.django_db(transaction=True)
NOW, TODAY = timezone.now(), timezone.localdate()


def at_once(*acts: Callable[[], object]) -> None:
    gate = Barrier(len(acts))

    def do(act: Callable[[], object]) -> None:
        try:
            gate.wait(timeout=10)
            act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        list(pool.map(do, acts))


def states() -> list[str]:
    return sorted(row.state for row in rows_of("select state from courses_enrolment"))


def test_the_last_seat_is_given_once() -> None:
    school = School(places=1)
    people = [school.citizen(), school.citizen(others=True), school.citizen(), school.citizen(others=True)]
    at_once(
        *(
            lambda person=person, by=by: school.enrol(person, by=by)
            for person, by in zip(people, [school.mette, school.ole] * 2, strict=True)
        )
    )
    assert states() == [SeatState.SEAT, *[SeatState.WAITING] * 3]


def test_two_leave_at_once_and_the_next_two_are_offered() -> None:
    school = School(places=2)
    gone = [school.enrol(school.citizen()) for _ in range(2)]
    for _ in range(3):
        school.enrol(school.citizen(others=True), by=school.ole)

    def go(enrolment: Enrolment) -> None:
        with acting(school.mette) as actor:
            row = Enrolment.objects.get(pk=enrolment.pk)
            seats.leave_seat(
                actor=actor,
                enrolment_id=row.pk,
                reason=LeftReason.JOB,
                seen=seen_seat(row),
                at=NOW,
                on=TODAY,
            )

    at_once(*(lambda one=one: go(one) for one in gone))
    assert states() == sorted([*[SeatState.LEFT] * 2, *[SeatState.OFFERED] * 2, SeatState.WAITING])
