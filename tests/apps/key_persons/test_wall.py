"""The wall with the application's own filters taken away: raw rows and raw statements as the application role."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.key_persons.enums import AdviserKind, QuestionState, TurnKind
from jobbro.apps.key_persons.models import (
    AdviceModel,
    Adviser,
    Away,
    Entry,
    EntryVersion,
    Invitation,
    Question,
    Turn,
    Useful,
)
from jobbro.apps.key_persons.permissions import can_see_question, reach_of
from tests.factories import accounts, citizens, employers, key_persons
from tests.factories.accounts import acting
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
AT = key_persons.ASKED_AT


@pytest.fixture
def house() -> key_persons.House:
    return key_persons.House()


def refused(act) -> None:
    """The database says no, not the application."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        act()
    told = str(caught.value)
    assert "row-level security" in told or "permission denied" in told or "a question" in told or "stand" in told, told


def everybody(house) -> dict[str, object]:
    resource = accounts.employee(team=house.other_team, name="Rikke Ressource")
    key_persons.adviser(user=resource, unit=house.unit, team=house.team)
    anna = citizens.citizen(team=house.team, has_login=True)
    broker = employers.job_broker(team=house.team)
    partner = employers.company(broker=broker)
    return {
        "asker": house.mette,
        "key person": house.karin,
        "resource person": resource,
        "lead": house.lead,
        "colleague": house.peter,
        "analyst": house.analyst,
        "stranger": house.stranger,
        "citizen": anna.user,
        "employer": employers.employer_user(company=partner),
    }


def test_who_sees_a_question_by_wall_filter_and_rule(house) -> None:
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    seen, filtered, ruled = {}, {}, {}
    for name, user in everybody(house).items():
        with acting(user) as actor:
            seen[name] = Question.objects.count()
            filtered[name] = Question.objects.visible_to(actor).count()
            ruled[name] = int(can_see_question(actor, reach_of(actor), question))
    sees = {"asker", "key person", "resource person", "lead"}
    assert seen == {name: int(name in sees) for name in seen}
    assert filtered == seen == ruled


def test_who_sees_knowledge(house) -> None:
    own = key_persons.entry(municipality=house.municipality, by=house.karin)
    wide = key_persons.entry(municipality=house.municipality, by=house.karin, is_wide=True)
    found = {}
    for name, user in everybody(house).items():
        with acting(user) as actor:
            found[name] = set(Entry.objects.values_list("pk", flat=True))
            assert set(Entry.objects.visible_to(actor).values_list("pk", flat=True)) == found[name]
            assert set(EntryVersion.objects.values_list("entry_id", flat=True)) == found[name]
    assert found.pop("stranger") == {wide.pk}
    assert found.pop("citizen") == found.pop("employer") == set()
    assert set(map(frozenset, found.values())) == {frozenset({own.pk, wide.pk})}


def test_a_wording_from_before_it_was_published_widely_stays_at_home(house) -> None:
    entry = key_persons.entry(municipality=house.municipality, by=house.karin, title="Kun for os")
    run("update key_persons_entry set title = 'For alle', is_wide = true where id = $1::uuid", value=entry.pk)
    with acting(house.stranger):
        assert list(EntryVersion.objects.values_list("title", flat=True)) == ["For alle"]
    with acting(house.mette):
        assert EntryVersion.objects.count() == 2


def test_the_functions_of_the_owner_keep_the_wall(house) -> None:
    """The search, the counts and the marks run past row-level security, so the same wall stands in them."""
    entry = key_persons.entry(municipality=house.municipality, by=house.karin)
    question = key_persons.question(asker=house.mette, unit=house.unit, name_marks=("ab",))
    with acting(house.karin):
        Question.objects.filter(pk=question.pk).update(entry=entry)
    asked = {
        "find": ("select entry_id from key_persons_find(array['aftal'], 'all', '', '', 9, 0)", []),
        "all": ("select entry_id from key_persons_find(array[]::text[], 'all', '', '', 9, 0)", []),
        "any": ("select entry_id from key_persons_find(array['aftal'], 'any', '', '', 9, 0)", []),
        "alike": ("select entry_id from key_persons_find(array['aftalle'], 'alike', '', '', 9, 0)", []),
        "use": ("select * from key_persons_use(%s::uuid, '2020-01-01'::date)", [house.unit.pk]),
        "useful": ("select * from key_persons_useful_counts(array[%s::uuid])", [entry.pk]),
        "marks": ("select unnest(key_persons_entry_marks(%s::uuid))", [entry.pk]),
        "times": ("select * from key_persons_answer_times('2026-12-01'::date)", []),
    }
    outside = {name: user for name, user in everybody(house).items() if name in ("stranger", "citizen", "employer")}
    for user in outside.values():
        with acting(user), connection.cursor() as cursor:
            for name, (statement, values) in asked.items():
                cursor.execute(statement, values)
                assert cursor.fetchall() == [], name
    with acting(house.mette), connection.cursor() as cursor:
        for name in ("find", "all", "any", "alike"):
            cursor.execute(*asked[name])
            assert [found for (found,) in cursor.fetchall()] == [entry.pk], name
        cursor.execute(*asked["use"])
        assert cursor.fetchall() == [], "a caseworker counts no unit"
        cursor.execute(*asked["marks"])
        assert cursor.fetchall() == [], "marks are for whoever writes the knowledge"
    with acting(house.karin), connection.cursor() as cursor:
        cursor.execute(*asked["marks"])
        assert cursor.fetchall() == [("ab",)]


def test_nobody_asks_in_anothers_name_or_from_anothers_team(house) -> None:
    def asked(**fields) -> Question:
        given = {"asker": house.mette, "unit": house.unit, "team": house.team, **fields}
        return Question(text="Hvad?", asked_at=AT, due_on=date(2026, 11, 20), **given)

    with acting(house.mette):
        refused(lambda: asked(asker=house.peter).save(force_insert=True))
        refused(lambda: asked(team=house.other_team).save(force_insert=True))
        refused(lambda: asked(unit=house.far_unit, team=None).save(force_insert=True))
        refused(lambda: asked(directed_to=house.stranger).save(force_insert=True))
        refused(lambda: asked(state=QuestionState.TAKEN, taken_by=house.mette).save(force_insert=True))
        asked().save(force_insert=True)


def test_a_question_cannot_be_pushed_along(house) -> None:
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    mine = Question.objects.filter(pk=question.pk)
    with acting(house.mette):
        refused(lambda: mine.update(state=QuestionState.TAKEN, taken_by=house.mette))
        refused(
            lambda: mine.update(state=QuestionState.ANSWERED, taken_by=house.mette, answered_at=AT, answer_minutes=1)
        )
        refused(lambda: mine.update(text="Noget andet"))
        refused(lambda: mine.update(due_on=date(2030, 1, 1)))
        refused(lambda: mine.delete())
    with acting(house.karin):
        refused(lambda: mine.update(state=QuestionState.CLOSED, closed_at=AT))
        refused(lambda: mine.update(state=QuestionState.TAKEN, taken_by=house.mette))
    with acting(house.lead):
        refused(lambda: mine.update(state=QuestionState.TAKEN, taken_by=house.lead))
    with acting(house.peter):
        assert mine.update(state=QuestionState.CLOSED, closed_at=AT) == 0


def test_the_measured_time_stands(house) -> None:
    question = key_persons.question(
        asker=house.mette, unit=house.unit, state=QuestionState.ANSWERED, taken_by=house.karin, answer_minutes=600
    )
    with acting(house.karin):
        refused(lambda: Question.objects.filter(pk=question.pk).update(answer_minutes=5))


def test_words_are_ones_own_and_stand(house) -> None:
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)

    def said(kind: TurnKind, by) -> None:
        Turn(question=question, kind=kind, text="Ja.", by=by, at=AT).save(force_insert=True)

    with acting(house.mette):
        refused(lambda: said(TurnKind.ANSWER, house.mette))
        refused(lambda: said(TurnKind.FOLLOW_UP, house.karin))
    for user in (house.peter, house.stranger, house.analyst):
        with acting(user):
            refused(lambda user=user: said(TurnKind.ANSWER, user))
    with acting(house.karin):
        said(TurnKind.ANSWER, house.karin)
        refused(lambda: Turn.objects.update(text="Nej."))
        refused(lambda: Turn.objects.all().delete())
    with acting(house.peter):
        assert Turn.objects.count() == 0


def test_nobody_names_themselves_to_see_questions(house) -> None:
    """A name in the register opens questions: only the unit's lead or administrator gives it."""

    def named(user, **fields) -> None:
        given = {"kind": AdviserKind.RESOURCE_PERSON, "unit": house.unit, "team": house.team, **fields}
        Adviser(user=user, from_on=date(2026, 1, 1), **given).save(force_insert=True)

    with acting(house.peter):
        refused(lambda: named(house.peter))
        refused(lambda: named(house.peter, kind=AdviserKind.KEY_PERSON, team=None))
    with acting(house.stranger):
        refused(lambda: named(house.stranger, kind=AdviserKind.KEY_PERSON, team=None))
    with acting(house.lead):
        refused(lambda: named(house.stranger))
        refused(lambda: named(house.mette, kind=AdviserKind.KEY_PERSON, team=None))
        named(house.mette)


def test_a_name_in_the_register_opens_nothing_without_a_position(house) -> None:
    gone = accounts.employee(team=house.team, name="Gerda Gået", until_on=date(2026, 1, 1))
    accounts.position(user=gone, role=Role.CASEWORKER, unit=house.far_unit)
    key_persons.adviser(user=gone, unit=house.unit, team=house.team)
    key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    with acting(gone):
        assert Question.objects.count() == 0


def test_cover_sees_only_while_it_covers(house) -> None:
    row = key_persons.adviser(user=house.karin, unit=house.unit)
    cover = key_persons.adviser(user=house.peter, unit=house.unit, team=house.other_team)
    key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    with acting(house.peter):
        assert Question.objects.count() == 0
    away = key_persons.away(adviser=row, cover=cover)
    with acting(house.peter):
        assert Question.objects.count() == 1
        refused(lambda: Away.objects.filter(pk=away.pk).update(until_on=date(2030, 1, 1)))
    run(
        "update key_persons_away set from_on = from_on - 9, until_on = from_on - 2 where id = $1::uuid",
        value=away.pk,
    )
    with acting(house.peter):
        assert Question.objects.count() == 0


def test_nobody_prolongs_their_own_name(house) -> None:
    today = timezone.localdate()
    row = key_persons.adviser(user=house.peter, unit=house.unit, team=house.team, until_on=today + timedelta(days=1))
    with acting(house.peter):
        refused(lambda: Adviser.objects.filter(pk=row.pk).update(until_on=None))
        refused(lambda: Adviser.objects.filter(pk=row.pk).update(until_on=today + timedelta(days=9)))
    with acting(house.mette):
        refused(lambda: Adviser.objects.filter(pk=row.pk).update(schemes=["mentor"]))


def test_the_model_is_the_leads(house) -> None:
    def chosen(by) -> None:
        AdviceModel(unit=house.unit, model="spread", chosen_by=by, from_on=date(2026, 1, 1)).save(force_insert=True)

    with acting(house.karin):
        refused(lambda: chosen(house.karin))
    with acting(house.lead):
        chosen(house.lead)


def test_knowledge_is_written_by_advisers_of_the_municipality(house) -> None:
    entry = key_persons.entry(municipality=house.municipality, by=house.karin, is_wide=True)

    def written(by) -> None:
        Entry(
            municipality=house.municipality, title="T", answer="S", check_on=AT.date(), changed_by=by, changed_at=AT
        ).save(force_insert=True)

    for user in (house.mette, house.lead, house.stranger, house.analyst):
        with acting(user):
            refused(lambda user=user: written(user))
    with acting(house.stranger):
        assert Entry.objects.filter(pk=entry.pk).update(title="Kapret", changed_by=house.stranger) == 0
    with acting(house.mette):
        refused(lambda: Entry.objects.filter(pk=entry.pk).update(title="Kapret", changed_by=house.mette))
    with acting(house.karin):
        written(house.karin)
        refused(lambda: EntryVersion.objects.update(title="Omskrevet"))
        refused(lambda: Entry.objects.filter(pk=entry.pk).update(title="Ny", changed_by=house.mette))


def test_who_found_it_useful_is_nobodys_business(house) -> None:
    entry = key_persons.entry(municipality=house.municipality, by=house.karin)
    with acting(house.mette):
        refused(lambda: Useful(entry=entry, user=house.peter, at=AT).save(force_insert=True))
        Useful(entry=entry, user=house.mette, at=AT).save(force_insert=True)
    with acting(house.karin):
        assert Useful.objects.count() == 0
        Useful.objects.all().delete()
    with acting(house.mette):
        assert Useful.objects.count() == 1


def test_who_has_moved_away_has_left_the_questions(house) -> None:
    moved = accounts.employee(team=house.team, name="Mona Flyttet", until_on=date(2026, 1, 1))
    key_persons.question(asker=moved, unit=house.unit, team=house.team)
    accounts.position(user=moved, role=Role.CASEWORKER, unit=house.far_unit)
    with acting(moved) as actor:
        assert Question.objects.count() == Question.objects.visible_to(actor).count() == 0


def test_nobody_is_let_onto_a_case_through_a_question_of_somebody_else(house) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette)
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)

    def invited(user, by) -> None:
        days = {"invited_on": date(2026, 11, 20), "until_on": date(2026, 11, 30)}
        Invitation(citizen=anna, question=question, user=user, invited_by=by, **days).save(force_insert=True)

    with acting(house.mette):
        refused(lambda: invited(house.stranger, house.mette))
        refused(lambda: invited(house.karin, house.karin))
        invited(house.karin, house.mette)
    colleague = accounts.employee(team=house.team, name="Kurt Kollega")
    with acting(colleague):
        refused(lambda: invited(house.karin, colleague))
    with acting(house.karin):
        assert Invitation.objects.count() == 0, "an invitation alone opens no case: the membership does"
