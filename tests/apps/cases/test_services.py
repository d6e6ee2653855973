"""Services of the course: what each promises and what each refuses."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.models import Event
from jobbro.apps.cases import services
from jobbro.apps.cases.enums import MemberRole, NoteKind, Review, State
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, Note
from jobbro.apps.citizens.contacts import Name, NewCitizen
from jobbro.apps.citizens.cpr import InvalidCpr
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.citizens.services import CitizenAlreadyRegistered
from tests.factories import accounts, cases, citizens, organisations

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
NAME = Name(given_name="Bo", family_name="Ravn")


def _details(team, number="010290-0001"):
    return NewCitizen(cpr=number, municipality_code=organisations.municipality_of(team).code, name=NAME)


def _open(actor, team, **changes):
    return services.open_case(
        **{
            "actor": actor,
            "details": _details(team),
            "team_id": team.pk,
            "lead_user_id": actor.id,
            "at": timezone.now(),
            "on": TODAY,
            **changes,
        }
    )


def test_opening_registers_the_citizen_with_course_and_contact_person():
    team = organisations.team()
    with accounts.acting(accounts.employee(team=team)) as actor:
        case = _open(actor, team)
        member = CaseMember.objects.get(case=case)
        assert (member.user_id, member.role, member.from_on) == (actor.id, MemberRole.LEAD, TODAY)
        assert case.citizen.contact.phone == ""
        verbs = list(Event.objects.filter(citizen_id=case.citizen_id).order_by("id").values_list("verb", flat=True))
        assert verbs == ["citizen_registered", "case_opened"]


def test_opening_twice_says_that_the_number_is_known_and_writes_nothing():
    team = organisations.team()
    with accounts.acting(accounts.employee(team=team)) as actor:
        _open(actor, team)
        with pytest.raises(CitizenAlreadyRegistered):
            _open(actor, team)
        assert Citizen.objects.count() == Case.objects.count() == 1


@pytest.mark.parametrize(("number", "code"), [("310290-0001", "date"), ("12", "digits"), ("01029O-0001", "digits")])
def test_opening_refuses_a_number_that_does_not_exist(number, code):
    team = organisations.team()
    with accounts.acting(accounts.employee(team=team)) as actor:
        with pytest.raises(InvalidCpr) as refused:
            _open(actor, team, details=_details(team, number))
        assert refused.value.code == code


def test_opening_refuses_a_team_of_another_municipality():
    team, foreign = organisations.team(), organisations.team()
    with accounts.acting(accounts.employee(team=team)) as actor, pytest.raises(services.TeamNotOpen):
        _open(actor, team, team_id=foreign.pk)


def test_opening_refuses_a_contact_person_from_elsewhere():
    team = organisations.team()
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(accounts.employee(team=team)) as actor, pytest.raises(services.NotAColleague):
        _open(actor, team, lead_user_id=stranger.pk)


@pytest.mark.parametrize("role", [Role.JOB_BROKER, Role.KEY_PERSON, Role.ANALYST])
def test_only_those_who_register_people_may_open(role):
    team = organisations.team()
    lead = accounts.employee(team=team)
    with accounts.acting(accounts.employee(team=team, role=role)) as actor, pytest.raises(PermissionDenied):
        _open(actor, team, lead_user_id=lead.pk)


def test_a_new_contact_person_takes_over():
    team = organisations.team()
    old, new = accounts.employee(team=team), accounts.employee(team=team, name="Ali Demir")
    citizen = citizens.citizen(team=team, lead=old)
    with accounts.acting(old) as actor:
        services.hand_over(actor=actor, citizen_id=citizen.pk, user_id=new.pk, stays_as=MemberRole.BUDDY, on=TODAY)
        standing = CaseMember.objects.standing(on=TODAY).filter(citizen=citizen)
        assert {(member.user_id, member.role) for member in standing} == {(new.pk, "lead"), (old.pk, "buddy")}
        assert CaseMember.objects.get(role="lead", user=old).until_on == TODAY - timedelta(days=1)


def test_the_contact_person_cannot_just_leave():
    team = organisations.team()
    lead = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=lead)
    with accounts.acting(lead) as actor, pytest.raises(services.LeadNeeded):
        member = CaseMember.objects.get(citizen=citizen)
        services.leave_team(actor=actor, citizen_id=citizen.pk, member_id=member.pk, on=TODAY)


def test_cover_from_another_unit_of_the_municipality_joins_for_a_time_and_leaves():
    municipality = organisations.municipality()
    team = organisations.team(unit=organisations.unit(municipality))
    lead = accounts.employee(team=team)
    cover = accounts.employee(role=Role.KEY_PERSON, unit=organisations.unit(municipality))
    citizen = citizens.citizen(team=team, lead=lead)
    with accounts.acting(cover):
        assert not Citizen.objects.exists()
    with accounts.acting(lead) as actor:
        joined = services.join_team(
            actor=actor,
            citizen_id=citizen.pk,
            user_id=cover.pk,
            role=MemberRole.COVER,
            on=TODAY,
            until_on=TODAY + timedelta(days=14),
        )
    with accounts.acting(cover):
        assert Citizen.objects.get() == citizen
    with accounts.acting(lead) as actor:
        services.leave_team(actor=actor, citizen_id=citizen.pk, member_id=joined.pk, on=TODAY)
    with accounts.acting(cover):
        assert not Citizen.objects.exists()


def test_nobody_from_another_municipality_joins():
    team = organisations.team()
    lead = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=lead)
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(lead) as actor, pytest.raises(services.NotAColleague):
        services.join_team(actor=actor, citizen_id=citizen.pk, user_id=stranger.pk, role=MemberRole.BUDDY, on=TODAY)


def test_moves_follow_the_table():
    team = organisations.team()
    worker = accounts.employee(team=team)
    citizen = citizens.citizen(team=team)
    with accounts.acting(worker) as actor:
        for move, state in (("pause", State.PAUSED), ("close", State.CLOSED), ("reopen", State.OPEN)):
            case = services.move_case(actor=actor, citizen_id=citizen.pk, move=move, on=TODAY)
            assert (case.state, case.closed_on) == (state, TODAY if state == State.CLOSED else None)
        with pytest.raises(services.MoveNotAllowed):
            services.move_case(actor=actor, citizen_id=citizen.pk, move="reopen", on=TODAY)


def test_transfer_gives_the_citizen_to_the_other_team_and_its_contact_person():
    unit = organisations.unit()
    here, there = organisations.team(unit=unit), organisations.team(unit=unit, name="Team Skov")
    old, new = accounts.employee(team=here), accounts.employee(team=there)
    citizen = citizens.citizen(team=here, lead=old)
    with accounts.acting(old) as actor:
        services.transfer_case(actor=actor, citizen_id=citizen.pk, team_id=there.pk, lead_user_id=new.pk, on=TODAY)
        assert not Citizen.objects.exists()
    with accounts.acting(new):
        assert Case.objects.get().team_id == there.pk


def test_a_note_wakes_the_course_and_an_internal_one_stays_with_the_staff():
    team = organisations.team()
    citizen = citizens.citizen(team=team, has_login=True, last_step_on=date(2026, 1, 5))
    with accounts.acting(accounts.employee(team=team)) as actor:
        for is_shared in (True, False):
            services.write_note(
                actor=actor,
                citizen_id=citizen.pk,
                kind=NoteKind.CALL,
                text="Talte om praktik 💬",
                is_shared=is_shared,
                at=timezone.now(),
                on=TODAY,
            )
        assert Case.objects.get().last_step_on == TODAY
        assert Note.objects.count() == 2
    with accounts.acting(citizen.user):
        assert [note.is_shared for note in Note.objects.all()] == [True]


def test_a_citizen_writes_no_notes():
    citizen = citizens.citizen(has_login=True)
    with accounts.acting(citizen.user) as actor, pytest.raises(PermissionDenied):
        services.set_next_step(actor=actor, citizen_id=citizen.pk, text="Ring", due_on=TODAY, on=TODAY)


def test_a_foreign_course_is_unknown():
    citizen = citizens.citizen()
    stranger = accounts.employee(team=organisations.team())
    with accounts.acting(stranger) as actor, pytest.raises(services.CaseUnknown):
        services.set_next_step(actor=actor, citizen_id=citizen.pk, text="Ring", due_on=TODAY, on=TODAY)


REASON = "Borgeren står i receptionen og er i krise."


def test_urgent_access_opens_the_file_tells_the_lead_and_is_answered():
    municipality = organisations.municipality()
    team = organisations.team(unit=organisations.unit(municipality))
    number = citizens.cpr()
    citizen = citizens.citizen(team=team, number=number)
    helper = accounts.employee(team=organisations.team(unit=organisations.unit(municipality)))
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit)
    with accounts.acting(helper) as actor:
        assert services.open_urgently(actor=actor, cpr=number, reason=REASON, at=timezone.now()) == citizen.pk
        assert Citizen.objects.get() == citizen
        access = BreakGlass.objects.get()
        assert access.until_at - access.opened_at == timedelta(hours=8)
        with pytest.raises(PermissionDenied):
            services.review_urgent_access(
                actor=actor, access_id=access.pk, review=Review.IN_ORDER, text="", at=timezone.now()
            )
    with accounts.acting(lead) as actor:
        answered = services.review_urgent_access(
            actor=actor, access_id=access.pk, review=Review.IN_ORDER, text="Talt om det.", at=timezone.now()
        )
        assert answered.reviewed_by_id == lead.pk


def test_urgent_access_answers_the_same_for_unknown_and_foreign():
    number = citizens.cpr()
    citizens.citizen(number=number)
    with accounts.acting(accounts.employee(team=organisations.team())) as actor:
        answers = [
            services.open_urgently(actor=actor, cpr=asked, reason=REASON, at=timezone.now())
            for asked in (number, citizens.cpr())
        ]
        assert answers == [None, None]
        assert not Citizen.objects.exists()


def test_urgent_access_needs_a_reason_and_a_role():
    team = organisations.team()
    with accounts.acting(accounts.employee(team=team)) as actor, pytest.raises(services.ReasonTooShort):
        services.open_urgently(actor=actor, cpr=citizens.cpr(), reason="  nysgerrig  ", at=timezone.now())
    with accounts.acting(accounts.employee(team=team, role=Role.ANALYST)) as actor, pytest.raises(PermissionDenied):
        services.open_urgently(actor=actor, cpr=citizens.cpr(), reason=REASON, at=timezone.now())


def test_urgent_access_ends_by_itself():
    citizen = citizens.citizen()
    helper = accounts.employee(unit=citizen.case.team.unit)
    ended = timezone.now() - timedelta(seconds=1)
    cases.urgent_access(citizen=citizen, user=helper, until_at=ended)
    with accounts.acting(helper):
        assert not Citizen.objects.exists()
