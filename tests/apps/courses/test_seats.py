"""Seats at courses: asked for, given in order, never too many, and offered to the next when somebody leaves."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.courses.enums import LeftReason, SeatState
from jobbro.apps.courses.models import Enrolment, Session
from jobbro.apps.courses.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.courses.selectors.seats import place_on_list
from jobbro.apps.courses.services import seats
from jobbro.apps.courses.services.seats import SeatWish
from jobbro.apps.courses.services.sessions import settle_session
from jobbro.apps.courses.stamps import seen_seat
from jobbro.apps.courses.tasks import settle_all
from tests.factories import accounts, citizens, courses, organisations
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
WISH = SeatWish(name="Anna", needs_words="Jeg skal have pauser.", wants=("breaks",))


class School:
    """Two teams of one municipality, each with a caseworker, and a session with room for two."""

    def __init__(self, *, places: int = 2, **fields: object) -> None:
        self.team = organisations.team()
        self.other_team = organisations.team(unit=self.team.unit, name="Team Skov")
        self.mette = accounts.employee(team=self.team)
        self.ole = accounts.employee(team=self.other_team, name="Ole Dam")
        self.municipality = organisations.municipality_of(self.team)
        self.course = courses.course(by=self.mette, municipality=self.municipality)
        self.karin = accounts.employee(team=self.team, role=Role.KEY_PERSON, name="Karin Bro")
        shared = {"course": self.course, "by": self.mette, "responsible": self.karin}
        self.session = courses.session(**shared, seats=places, **fields)

    def citizen(self, *, others: bool = False, **fields: object):
        return citizens.citizen(team=self.other_team if others else self.team, has_login=True, **fields)

    def enrol(self, citizen, *, by=None, wish: SeatWish = WISH) -> Enrolment:
        with acting(by or self.mette) as actor:
            return seats.enrol(
                actor=actor, citizen_id=citizen.pk, session_id=self.session.pk, wish=wish, at=NOW, on=TODAY
            )


@pytest.fixture
def school() -> School:
    return School()


def state_of(enrolment: Enrolment) -> tuple[str, str]:
    (row,) = rows_of("select state, left_reason from courses_enrolment where id = $1::uuid", value=enrolment.pk)
    return row.state, row.left_reason


def messages_to(citizen) -> list[str]:
    return [row.key for row in rows_of("select key from outbox_message where citizen_id = $1::uuid", value=citizen.pk)]


def leave(school: School, enrolment: Enrolment, *, by=None, reason: LeftReason = LeftReason.WISH) -> Enrolment:
    with acting(by or school.mette) as actor:
        return seats.leave_seat(
            actor=actor, enrolment_id=enrolment.pk, reason=reason, seen=_seen(enrolment), at=NOW, on=TODAY
        )


def _seen(enrolment: Enrolment) -> str:
    return seen_seat(Enrolment.objects.get(pk=enrolment.pk))


def test_an_employee_gives_a_seat_and_the_person_is_told(school) -> None:
    anna = school.citizen()
    given = school.enrol(anna)
    assert state_of(given) == (SeatState.SEAT, "")
    assert [key.split(":")[2] for key in messages_to(anna)] == ["seat"]


def test_a_citizen_asks_and_an_employee_answers(school) -> None:
    anna = school.citizen()
    asked = school.enrol(anna, by=anna.user)
    assert state_of(asked)[0] == SeatState.APPLIED
    with acting(school.mette) as actor:
        seats.answer_application(actor=actor, enrolment_id=asked.pk, is_yes=True, seen=_seen(asked), at=NOW, on=TODAY)
    assert state_of(asked)[0] == SeatState.SEAT


def test_a_citizen_does_not_answer_for_themselves(school) -> None:
    anna = school.citizen()
    asked = school.enrol(anna, by=anna.user)
    with pytest.raises(PermissionDenied), acting(anna.user) as actor:
        seats.answer_application(actor=actor, enrolment_id=asked.pk, is_yes=True, seen=_seen(asked), at=NOW, on=TODAY)
    # Nor past the services.
    with pytest.raises(Error, match="does not move a seat like this"), acting(anna.user):
        Enrolment.objects.filter(pk=asked.pk).update(state=SeatState.SEAT)


def test_no_for_now_is_kind_and_can_be_taken_back_by_staff(school) -> None:
    anna = school.citizen()
    asked = school.enrol(anna, by=anna.user)
    with acting(school.mette) as actor:
        seats.answer_application(actor=actor, enrolment_id=asked.pk, is_yes=False, seen=_seen(asked), at=NOW, on=TODAY)
    assert state_of(asked) == (SeatState.LEFT, LeftReason.NOT_NOW)
    with pytest.raises(NotNow), acting(anna.user) as actor:
        seats.take_seat_again(actor=actor, enrolment_id=asked.pk, seen=_seen(asked), at=NOW, on=TODAY)
    with acting(school.mette) as actor:
        seats.take_seat_again(actor=actor, enrolment_id=asked.pk, seen=_seen(asked), at=NOW, on=TODAY)
    assert state_of(asked)[0] == SeatState.SEAT


def test_the_list_is_in_the_order_of_joining_across_teams(school) -> None:
    for name in ("Anna", "Bo"):
        school.enrol(school.citizen(given_name=name))
    third, fourth = school.citizen(given_name="Carl", others=True), school.citizen(given_name="Dorte")
    waits = school.enrol(third, by=school.ole)
    later = school.enrol(fourth)
    assert [state_of(one)[0] for one in (waits, later)] == [SeatState.WAITING] * 2
    with acting(school.mette):
        # Mette does not see Carl, and still learns how many stand before Dorte.
        assert place_on_list(enrolment_id=later.pk) == 2
        assert place_on_list(enrolment_id=waits.pk) is None


def test_the_next_is_offered_the_seat_and_told_whoever_their_team_is(school) -> None:
    first = school.enrol(school.citizen())
    school.enrol(school.citizen())
    carl = school.citizen(given_name="Carl", others=True)
    waits = school.enrol(carl, by=school.ole)
    leave(school, first)
    assert state_of(waits)[0] == SeatState.OFFERED
    assert any(":offered:" in key for key in messages_to(carl))
    with acting(carl.user) as actor:
        seats.confirm_seat(actor=actor, enrolment_id=waits.pk, seen=_seen(waits), at=NOW, on=TODAY)
    assert state_of(waits)[0] == SeatState.SEAT


def test_an_offer_nobody_answers_goes_to_the_next(school) -> None:
    first = school.enrol(school.citizen())
    school.enrol(school.citizen())
    carl, dorte = school.citizen(given_name="Carl", others=True), school.citizen(given_name="Dorte")
    second, third = school.enrol(carl, by=school.ole), school.enrol(dorte)
    leave(school, first)
    run("update courses_enrolment set confirm_by = app_today() - 1 where id = $1::uuid", value=second.pk)
    with pytest.raises(NotNow), acting(carl.user) as actor:
        seats.confirm_seat(actor=actor, enrolment_id=second.pk, seen=_seen(second), at=NOW, on=TODAY)
    assert settle_all(at=NOW) == 2
    assert state_of(second) == (SeatState.LEFT, LeftReason.NO_ANSWER)
    assert state_of(third)[0] == SeatState.OFFERED
    # A second night does nothing.
    assert settle_all(at=NOW) == 0


def test_leaving_is_undone_to_the_seat_or_to_the_old_place(school) -> None:
    first = school.enrol(school.citizen())
    second = school.enrol(school.citizen())
    leave(school, first)
    with acting(school.mette) as actor:
        seats.take_seat_again(actor=actor, enrolment_id=first.pk, seen=_seen(first), at=NOW, on=TODAY)
    assert state_of(first)[0] == SeatState.SEAT
    waits = school.enrol(school.citizen(given_name="Carl"))
    leave(school, second)
    assert state_of(waits)[0] == SeatState.OFFERED
    with acting(school.mette) as actor:
        seats.take_seat_again(actor=actor, enrolment_id=second.pk, seen=_seen(second), at=NOW, on=TODAY)
    assert state_of(second)[0] == SeatState.WAITING


def test_a_citizen_undoes_their_own_leaving(school) -> None:
    anna = school.citizen()
    mine = school.enrol(anna)
    leave(school, mine, by=anna.user)
    with acting(anna.user) as actor:
        seats.take_seat_again(actor=actor, enrolment_id=mine.pk, seen=_seen(mine), at=NOW, on=TODAY)
    assert state_of(mine)[0] == SeatState.SEAT


def test_twice_is_refused_and_late_is_late(school) -> None:
    anna = school.citizen()
    school.enrol(anna)
    with pytest.raises(Refused, match="twice"):
        school.enrol(anna)
    run("update courses_session set enrol_by = app_today() - 1 where id = $1::uuid", value=school.session.pk)
    with pytest.raises(NotNow):
        school.enrol(school.citizen())


def test_when_the_course_begins_the_list_is_over(school) -> None:
    school.enrol(school.citizen())
    school.enrol(school.citizen())
    waits = school.enrol(school.citizen())
    run("update courses_session set begins_at = now() where id = $1::uuid", value=school.session.pk)
    with acting(school.mette):
        settle_session(session_id=school.session.pk, at=timezone.now())
    assert state_of(waits) == (SeatState.LEFT, LeftReason.FULL)


def test_what_was_read_is_what_is_changed(school) -> None:
    given = school.enrol(school.citizen())
    with pytest.raises(Changed), acting(school.mette) as actor:
        seats.leave_seat(actor=actor, enrolment_id=given.pk, reason=LeftReason.WISH, seen="another", at=NOW, on=TODAY)


def test_a_reason_of_the_rules_is_not_chosen(school) -> None:
    given = school.enrol(school.citizen())
    with pytest.raises(Refused, match="reason"):
        leave(school, given, reason=LeftReason.NO_ANSWER)


def test_people_of_another_municipality_are_not_there(school) -> None:
    elsewhere = School()
    with pytest.raises(NotThere):
        elsewhere.enrol(school.citizen(), by=elsewhere.mette)
    with pytest.raises(NotThere), acting(elsewhere.mette) as actor:
        seats.enrol(
            actor=actor,
            citizen_id=elsewhere.citizen().pk,
            session_id=school.session.pk,
            wish=WISH,
            at=NOW,
            on=TODAY,
        )


def test_a_colleague_of_another_team_sees_nobody_of_ours(school) -> None:
    given = school.enrol(school.citizen())
    with acting(school.ole):
        assert not Enrolment.objects.filter(pk=given.pk).exists()
        assert Session.objects.filter(pk=school.session.pk).exists()


def test_whoever_runs_the_session_reads_the_list_and_says_how_it_ended(school) -> None:
    given = school.enrol(school.citizen())
    with acting(school.karin) as actor:
        (seen,) = Enrolment.objects.visible_to(actor)
        assert (seen.pk, seen.name) == (given.pk, "Anna")
        assert not citizens.Citizen.objects.visible_to(actor).exists()
        # She moves nobody's seat.
        with pytest.raises(PermissionDenied):
            seats.leave_seat(
                actor=actor,
                enrolment_id=given.pk,
                reason=LeftReason.WISH,
                seen=seen_seat(seen),
                at=NOW,
                on=TODAY,
            )
    with pytest.raises(Error, match="only the circle"), acting(school.karin):
        Enrolment.objects.filter(pk=given.pk).update(needs_words="Noget andet")
    with pytest.raises(Error, match="only the circle"), acting(school.karin):
        Enrolment.objects.filter(pk=given.pk).update(state=SeatState.LEFT)


def test_the_wall_itself_counts_the_seats(school) -> None:
    for _ in range(2):
        school.enrol(school.citizen())
    one_more = school.enrol(school.citizen())
    with pytest.raises(Error, match="no seat is free"), acting(school.mette):
        Enrolment.objects.filter(pk=one_more.pk).update(state=SeatState.SEAT)
    with pytest.raises(Error, match="more people have a seat"), acting(school.mette):
        Session.objects.filter(pk=school.session.pk).update(seats=1)
