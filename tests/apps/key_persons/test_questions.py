"""Questions: no more of the person than needed, directed by the unit's model, moved by those who may, time measured."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.key_persons.enums import ContextKind, Model, QuestionState
from jobbro.apps.key_persons.models import Invitation, Question, Turn
from jobbro.apps.key_persons.needs_doing import needs_doing
from jobbro.apps.key_persons.refusals import NotNow, NotThere, Refused
from jobbro.apps.key_persons.services.questions import (
    ContextItem,
    Invited,
    QuestionDraft,
    answer_question,
    ask_further,
    ask_question,
    close_question,
    release_question,
    take_question,
)
from tests.factories import accounts, citizens, key_persons
from tests.factories.accounts import acting
from tests.factories.rows import rows_of, run

pytestmark = pytest.mark.django_db
# A Friday afternoon.
AT = datetime(2026, 11, 20, 13, tzinfo=UTC)
ON = date(2026, 11, 20)


@pytest.fixture
def house() -> key_persons.House:
    return key_persons.House()


def ask(house, *, by=None, text="Hvad dækker mentor?", citizen=None, team=None, **fields) -> Question:
    by = by or house.mette
    team = team or house.team
    draft = QuestionDraft(text=text, unit_id=house.unit.pk, team_id=team.pk, **fields)
    with acting(by) as actor:
        return ask_question(actor=actor, draft=draft, citizen_id=citizen.pk if citizen else None, at=AT, on=ON)


def refused(house, **fields) -> Refused:
    with pytest.raises(Refused) as caught:
        ask(house, **fields)
    return caught.value


def stands(question: Question):
    (row,) = rows_of("select * from key_persons_question where id = $1::uuid", value=question.pk)
    return row


def test_what_goes_along_is_codes_and_days(house) -> None:
    items = [
        ContextItem(kind=ContextKind.SCHEME, code="mentor"),
        ContextItem(kind=ContextKind.DEMAND, code="hearing", level=3),
        ContextItem(kind=ContextKind.DAY, code="decide_by", on=date(2026, 12, 1)),
    ]
    row = stands(ask(house, context=items))
    assert row.context == [
        {"kind": "scheme", "code": "mentor"},
        {"kind": "demand", "code": "hearing", "level": 3},
        {"kind": "day", "code": "decide_by", "on": "2026-12-01"},
    ]
    assert (row.schemes, row.groups) == (["mentor"], ["senses"])


@pytest.mark.parametrize(
    "item",
    [
        ContextItem(kind=ContextKind.SCHEME, code="Anna Lund"),
        ContextItem(kind=ContextKind.AREA, code="hearing", level=1),
        ContextItem(kind=ContextKind.DEMAND, code="hearing", level=9),
        ContextItem(kind=ContextKind.DAY, code="Anna Lund", on=ON),
    ],
)
def test_nothing_else_goes_along(house, item) -> None:
    assert refused(house, context=[item]).code == "context"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "words"),
        ("  \n ", "words"),
        ("Hvad med 010203-4567?", "cpr"),
        ("Hvad med 010203 4567?", "cpr"),
        ("Hvad med 0102034567?", "cpr"),
        ("Hvad med 01.02.03–4567?", "cpr"),
        ("Hvad med ０１０２０３-４５６７?", "cpr"),
        ("Hvad med 0102\u200b03-45\u200b67?", "cpr"),
        ("Borgeren er født den 3. maj 1987.", "born"),
        ("Fødselsdato: 3/5-87", "born"),
        ("Kan Anna få mentor?", "name"),
        ("Kan annas chef få besked?", "name"),
        ("LUND spørger igen", "name"),
        ("A" * 4001, "too_long"),
    ],
)
def test_words_that_point_at_somebody_are_refused(house, text, code) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette, given_name="Anna", family_name="Lund")
    found = refused(house, text=text, citizen=anna)
    assert (found.code, found.fields) == (code, ("text",))
    assert rows_of("select id from key_persons_question") == []


@pytest.mark.parametrize(
    "text",
    [
        "Ring på 12 34 56 78 om § 56 fra 1. januar 2026.",
        "Borgeren er født døv og vil arbejde 20 timer.",
        "Kan man bo i en anden kommune?",
        "Beløbet er 145.000 kr. eller 9.123,50 kr.",
    ],
)
def test_ordinary_words_pass(house, text) -> None:
    bo = citizens.citizen(team=house.team, lead=house.mette, given_name="Bo", family_name="Ny")
    assert stands(ask(house, text=text, citizen=bo)).text == text


def test_the_name_is_not_kept_but_recognised_in_every_later_word(house) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette, given_name="Anna", family_name="Ørsted")
    question = ask(house, citizen=anna)
    assert "rsted" not in str(vars(stands(question))) and str(anna.pk) not in str(vars(stands(question)))
    with acting(house.karin) as actor, pytest.raises(Refused) as caught:
        answer_question(actor=actor, question_id=question.pk, text="Sig til Ørsted, at det går.", at=AT)
    assert (caught.value.code, caught.value.word) == ("name", "Ørsted")


def test_somebody_elses_unit_is_no_place_to_ask_from(house) -> None:
    draft = QuestionDraft(text="Hvad?", unit_id=house.unit.pk, team_id=house.other_team.pk)
    with acting(house.mette) as actor, pytest.raises(Refused) as caught:
        ask_question(actor=actor, draft=draft, citizen_id=None, at=AT, on=ON)
    assert caught.value.code == "place"


def test_few_key_persons_get_it_together(house) -> None:
    accounts.employee(role=Role.KEY_PERSON, unit=house.unit, name="Hanne To")
    assert stands(ask(house)).directed_to_id is None


def test_spread_it_goes_to_the_resource_person_of_the_team(house) -> None:
    key_persons.model(unit=house.unit, model=Model.SPREAD, by=house.lead, answer_days=3)
    key_persons.adviser(user=house.peter, unit=house.unit, team=house.team)
    row = stands(ask(house))
    assert row.directed_to_id == str(house.peter.pk)
    assert row.due_on == "2026-11-25"


def test_who_covers_gets_it_and_can_answer(house) -> None:
    key_persons.model(unit=house.unit, model=Model.SPREAD, by=house.lead)
    ill = accounts.employee(team=house.team, name="Syge Sanne")
    row = key_persons.adviser(user=ill, unit=house.unit, team=house.team)
    cover = key_persons.adviser(user=house.peter, unit=house.unit, team=house.other_team)
    key_persons.away(adviser=row, cover=cover)
    today = timezone.localdate()
    draft = QuestionDraft(text="Hvad?", unit_id=house.unit.pk, team_id=house.team.pk)
    with acting(house.mette) as actor:
        question = ask_question(actor=actor, draft=draft, citizen_id=None, at=timezone.now(), on=today)
    assert stands(question).directed_to_id == str(house.peter.pk)
    with acting(house.peter) as actor:
        answer_question(actor=actor, question_id=question.pk, text="Ja.", at=timezone.now())
    assert stands(question).state == "answered"


def test_a_team_without_a_resource_person_asks_another_teams(house) -> None:
    key_persons.model(unit=house.unit, model=Model.SPREAD, by=house.lead)
    run("update accounts_position set until_on = '2025-01-01' where user_id = $1::uuid", value=house.karin.pk)
    key_persons.adviser(user=house.peter, unit=house.unit, team=house.other_team)
    question = ask(house)
    with acting(house.peter) as actor:
        take_question(actor=actor, question_id=question.pk, at=AT)
    assert stands(question).taken_by_id == str(house.peter.pk)


def test_with_nobody_to_ask_it_is_said(house) -> None:
    run("update accounts_position set until_on = '2025-01-01' where user_id = $1::uuid", value=house.karin.pk)
    assert refused(house).code == "nobody"


def test_the_whole_way_and_the_first_answers_time_counts(house) -> None:
    question = ask(house)
    with acting(house.karin) as actor:
        take_question(actor=actor, question_id=question.pk, at=AT)
        answer_question(actor=actor, question_id=question.pk, text="Op til to år.", at=AT + timedelta(days=3))
    with acting(house.mette) as actor:
        ask_further(actor=actor, question_id=question.pk, text="Også i praktik?", at=AT + timedelta(days=4), on=ON)
    assert stands(question).state == "taken"
    with acting(house.karin) as actor:
        answer_question(actor=actor, question_id=question.pk, text="Ja.", at=AT + timedelta(days=5))
    with acting(house.mette) as actor:
        close_question(actor=actor, question_id=question.pk, at=AT + timedelta(days=6))
        kinds = list(Turn.objects.order_by("at", "pk").values_list("kind", flat=True))
    row = stands(question)
    assert (row.state, row.answer_minutes) == ("closed", 8 * 60)
    assert kinds == ["taken", "answer", "follow_up", "answer", "closed"]
    told = rows_of("select user_id, kind from outbox_message order by id")
    assert [(one.user_id, one.kind) for one in told] == [(str(house.mette.pk), "question_answered")] * 2


def test_a_question_moves_only_as_the_table_says(house) -> None:
    question = ask(house)
    with acting(house.mette) as actor:
        for step in (take_question, release_question):
            with pytest.raises(PermissionDenied):
                step(actor=actor, question_id=question.pk, at=AT)
        with pytest.raises(NotNow):
            ask_further(actor=actor, question_id=question.pk, text="Nå?", at=AT, on=ON)
        close_question(actor=actor, question_id=question.pk, at=AT)
    with acting(house.karin) as actor, pytest.raises(NotNow):
        answer_question(actor=actor, question_id=question.pk, text="For sent.", at=AT)
    with acting(house.stranger) as actor, pytest.raises(NotThere):
        take_question(actor=actor, question_id=question.pk, at=AT)


def test_the_lead_can_let_somebody_else_take_it_and_not_answer(house) -> None:
    question = ask(house)
    with acting(house.karin) as actor:
        take_question(actor=actor, question_id=question.pk, at=AT)
    with acting(house.lead) as actor:
        release_question(actor=actor, question_id=question.pk, at=AT)
        with pytest.raises(PermissionDenied):
            answer_question(actor=actor, question_id=question.pk, text="Ja.", at=AT)
    assert stands(question).state == "asked"


def test_an_invitation_lets_the_key_person_onto_the_case_and_no_longer(house) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette)
    today = timezone.localdate()
    invited = Invited(user_id=house.karin.pk, until_on=today + timedelta(days=7))
    draft = QuestionDraft(text="Kan du se på den?", unit_id=house.unit.pk, team_id=house.team.pk, invited=invited)
    with acting(house.mette) as actor:
        ask_question(actor=actor, draft=draft, citizen_id=anna.pk, at=timezone.now(), on=today)
    with acting(house.karin):
        member = CaseMember.objects.get(user=house.karin)
        assert (member.role, member.until_on) == ("adviser", invited.until_on)
        assert Invitation.objects.get().citizen_id == anna.pk
    with acting(house.lead):
        assert Question.objects.count() == 1
    with acting(house.peter):
        assert Invitation.objects.count() == 0


def test_nobody_is_invited_to_a_case_that_is_not_theirs(house) -> None:
    bo = citizens.citizen(team=house.other_team, lead=house.peter)
    invited = Invited(user_id=house.karin.pk, until_on=ON)
    assert refused(house, invited=invited, citizen=bo).code == "invited"
    assert refused(house, invited=Invited(user_id=house.karin.pk, until_on=ON + timedelta(days=400))).code == "invited"


def test_what_needs_doing(house) -> None:
    key_persons.question(asker=house.mette, unit=house.unit, team=house.team, due_on=date(2026, 11, 19))
    done = key_persons.question(
        asker=house.mette, unit=house.unit, team=house.team, state=QuestionState.ANSWERED, taken_by=house.karin
    )
    with acting(house.karin) as actor:
        (waiting, answered) = (list(found) for found in needs_doing(actor=actor, on=ON))
    assert [(row["need"], row["due_on"], row["user_id"], row["citizen_id"]) for row in waiting] == [
        ("question_to_answer", date(2026, 11, 19), None, None)
    ]
    assert answered == []
    with acting(house.mette) as actor:
        first, second = needs_doing(actor=actor, on=ON)
        whole = list(first.union(second))
        run(
            "insert into key_persons_turn (id, question_id, kind, text, by_id, at)"
            " select gen_random_uuid(), id, 'answer', 'Ja.', taken_by_id, now() from key_persons_question"
            " where id = $1::uuid",
            value=done.pk,
        )
        mine = list(second.all())
    assert whole == []
    assert [(row["need"], row["subject_id"], row["user_id"]) for row in mine] == [
        ("question_answered", done.pk, house.mette.pk)
    ]
