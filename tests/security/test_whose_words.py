"""Citizens and key persons do not write what is not theirs to write, whatever the application forgets to ask."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.models import LookQuestion, Note
from jobbro.apps.plans.models import Plan
from jobbro.apps.screening.models import Answer, Dialogue
from tests.factories import accounts, cases, citizens, organisations
from tests.factories.rows import write

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def citizen():
    team = organisations.team()
    made = citizens.citizen(team=team, has_login=True)
    made.writer = accounts.employee(team=team)
    made.note = cases.note(case=made.case, written_by=made.writer)
    made.dialogue = write(
        Dialogue(citizen=made, setting="together", guide_version="1", started_at=NOW, started_by=made.writer)
    )
    return made


def _refused(act) -> None:
    with pytest.raises(DatabaseError, match=r"row-level security|permission denied"), transaction.atomic():
        act()


def _sends(statement: str):
    return lambda: connection.cursor().execute(statement)


def _answer(citizen, *, said_by: str, answered_by) -> Answer:
    return Answer(
        citizen=citizen,
        dialogue=citizen.dialogue,
        topic="x",
        status="told",
        guide_version="1",
        said_by=said_by,
        answered_by=answered_by,
        answered_at=NOW,
    )


def test_a_citizen_leaves_the_course_and_the_people_around_alone(citizen) -> None:
    with accounts.acting(citizen.user):
        for statement in (
            "update cases_case set state = 'open'",
            "update cases_case set team_id = team_id",
            "delete from cases_case",
            "delete from cases_note",
            "update cases_note set text = 'x'",
            "update plans_supportdecision set reason = 'x'",
            "delete from citizens_consent",
        ):
            _refused(_sends(statement))
        _refused(
            lambda: Note(
                citizen=citizen, case=citizen.case, kind="note", text="x", written_by=citizen.user, written_at=NOW
            ).save(force_insert=True)
        )
        _refused(lambda: Plan(citizen=citizen, state="draft", started_on=NOW.date()).save(force_insert=True))


def test_a_citizen_speaks_for_nobody_else(citizen) -> None:
    with accounts.acting(citizen.user):
        _refused(lambda: _answer(citizen, said_by="caseworker", answered_by=citizen.user).save(force_insert=True))
        _refused(lambda: _answer(citizen, said_by="citizen", answered_by=citizen.writer).save(force_insert=True))
        _answer(citizen, said_by="citizen", answered_by=citizen.user).save(force_insert=True)
        _refused(_sends("update screening_answer set words = 'x'"))
        _refused(_sends("delete from screening_answer"))


def test_a_citizen_does_not_answer_their_own_question(citizen) -> None:
    write(LookQuestion(citizen=citizen, look_id=1, text="Hvorfor?", asked_at=NOW))
    with accounts.acting(citizen.user):
        _refused(_sends("update cases_lookquestion set answer = 'x'"))
    with accounts.acting(citizen.writer):
        _refused(lambda: LookQuestion(citizen=citizen, look_id=1, text="x", asked_at=NOW).save(force_insert=True))


def test_a_note_is_written_in_ones_own_name(citizen) -> None:
    other = accounts.employee(team=organisations.team())
    with accounts.acting(citizen.writer):
        _refused(
            lambda: Note(
                citizen=citizen, case=citizen.case, kind="note", text="x", written_by=other, written_at=NOW
            ).save(force_insert=True)
        )


def test_a_key_person_reads(citizen) -> None:
    key = accounts.employee(role=Role.KEY_PERSON, unit=citizen.case.team.unit)
    cases.member(case=citizen.case, user=key)
    with accounts.acting(key):
        assert Dialogue.objects.count() == 1
        _refused(lambda: _answer(citizen, said_by="citizen", answered_by=key).save(force_insert=True))
        _refused(_sends("update screening_dialogue set state = 'finished', finished_at = now()"))
        _refused(lambda: Plan(citizen=citizen, state="draft", started_on=NOW.date()).save(force_insert=True))
