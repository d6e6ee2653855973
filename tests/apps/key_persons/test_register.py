"""The register: who names whom, the model in periods, days away; and working time."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from jobbro.apps.accounts.enums import Role
from jobbro.apps.key_persons.enums import AdviserKind, Model
from jobbro.apps.key_persons.models import AdviceModel, Question
from jobbro.apps.key_persons.refusals import NotThere, Refused
from jobbro.apps.key_persons.selectors.register import adviser_sheet, register
from jobbro.apps.key_persons.services.register import (
    AdviserDraft,
    change_adviser,
    choose_model,
    come_back,
    end_adviser,
    name_adviser,
    note_away,
)
from jobbro.apps.key_persons.working import DENMARK, is_working_day, working_day_after, working_minutes
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import accounts, key_persons, organisations
from tests.factories.accounts import acting

ON = date(2026, 11, 20)


@pytest.fixture
def house() -> key_persons.House:
    return key_persons.House()


def name(house, user, *, by=None, kind=AdviserKind.RESOURCE_PERSON, team=None, draft=None):
    with acting(by or house.lead) as actor:
        return name_adviser(
            actor=actor,
            user_id=user.pk,
            kind=kind,
            unit_id=house.unit.pk,
            team_id=team.pk if team else None,
            draft=draft or AdviserDraft(),
            on=ON,
        )


@pytest.mark.django_db
def test_the_lead_names_and_the_key_person_tells_of_themselves(house) -> None:
    name(house, house.mette, team=house.team, draft=AdviserDraft(schemes=["mentor"], hours_week=Decimal("2.5")))
    name(house, house.karin, by=house.karin, kind=AdviserKind.KEY_PERSON)
    with acting(house.peter) as actor:
        (unit,) = register(actor=actor, scheme="", on=ON).units
        (narrowed,) = register(actor=actor, scheme="mentor", on=ON).units
    assert [(one.name, one.kind, one.team) for one in unit.people] == [
        ("Karin Ravn", "key_person", ""),
        ("Mette Holm", "resource_person", "Team Havn"),
    ]
    assert [one.name for one in narrowed.people] == ["Mette Holm"]


@pytest.mark.django_db
def test_who_cannot_be_named_or_name(house) -> None:
    with pytest.raises(NotThere):
        name(house, house.peter, by=house.peter, team=house.other_team)
    with pytest.raises(NotThere):
        name(house, house.mette, by=house.karin, team=house.team)
    for wrong, fields in (
        ("team", {"user": house.mette}),
        ("person", {"user": house.stranger, "team": house.team}),
        ("person", {"user": house.mette, "kind": AdviserKind.KEY_PERSON}),
        ("subjects", {"user": house.mette, "team": house.team, "draft": AdviserDraft(schemes=["x"])}),
        ("cpr", {"user": house.mette, "team": house.team, "draft": AdviserDraft(reach="010203-4567")}),
    ):
        with pytest.raises(Refused) as caught:
            name(house, fields.pop("user"), **fields)
        assert caught.value.code == wrong
    name(house, house.mette, team=house.team)
    with pytest.raises(Refused) as caught:
        name(house, house.mette, team=house.team)
    assert caught.value.code == "twice"


@pytest.mark.django_db
def test_a_change_that_somebody_else_made_meanwhile_is_told(house) -> None:
    row = key_persons.adviser(user=house.karin, unit=house.unit)
    with acting(house.karin) as actor:
        seen = adviser_sheet(actor=actor, adviser_id=row.pk, on=ON).seen
        change_adviser(actor=actor, adviser_id=row.pk, draft=AdviserDraft(schemes=["mentor"]), seen=seen, on=ON)
        with pytest.raises(StaleEdit):
            change_adviser(actor=actor, adviser_id=row.pk, draft=AdviserDraft(), seen=seen, on=ON)
    with acting(house.peter) as actor:
        assert adviser_sheet(actor=actor, adviser_id=row.pk, on=ON) is None
        with pytest.raises(NotThere):
            end_adviser(actor=actor, adviser_id=row.pk, on=ON)


@pytest.mark.django_db
def test_the_model_has_periods_and_holds_a_day_at_least(house) -> None:
    key_persons.model(unit=house.unit, model=Model.FEW, by=house.lead)
    with acting(house.lead) as actor:
        choose_model(actor=actor, unit_id=house.unit.pk, model="spread", answer_days=3, on=ON)
        choose_model(actor=actor, unit_id=house.unit.pk, model="spread", answer_days=3, on=ON)
        periods = list(AdviceModel.objects.order_by("from_on").values_list("model", "until_on"))
        assert periods == [("few", ON - timedelta(days=1)), ("spread", None)]
        for wrong, fields in (("model_today", {"answer_days": 2}), ("days", {"answer_days": 0})):
            with pytest.raises(Refused) as caught:
                choose_model(actor=actor, unit_id=house.unit.pk, model="few", on=ON, **fields)
            assert caught.value.code == wrong
    with acting(house.karin) as actor, pytest.raises(NotThere):
        choose_model(actor=actor, unit_id=house.unit.pk, model="few", answer_days=2, on=ON)


@pytest.mark.django_db
def test_days_away(house) -> None:
    row = key_persons.adviser(user=house.karin, unit=house.unit)
    cover = key_persons.adviser(user=house.mette, unit=house.unit, team=house.team)
    far = key_persons.adviser(user=house.stranger, unit=house.far_unit)
    tomorrow = ON + timedelta(days=1)

    def away(**fields):
        given = {"from_on": ON, "until_on": tomorrow, "cover_id": cover.pk, **fields}
        with acting(house.karin) as actor:
            return note_away(actor=actor, adviser_id=row.pk, on=ON, **given)

    for wrong, fields in (
        ("order", {"until_on": ON - timedelta(days=1)}),
        ("past", {"from_on": ON - timedelta(days=9), "until_on": ON - timedelta(days=1)}),
        ("long", {"until_on": ON + timedelta(days=400)}),
        ("cover", {"cover_id": far.pk}),
        ("cover", {"cover_id": row.pk}),
    ):
        with pytest.raises(Refused) as caught:
            away(**fields)
        assert caught.value.code == wrong
    made = away()
    with pytest.raises(Refused) as caught:
        away(from_on=tomorrow)
    assert caught.value.code == "away_twice"
    with acting(house.peter) as actor:
        (unit,) = register(actor=actor, scheme="", on=ON).units
        assert (unit.people[0].away_until, unit.people[0].cover) == (tomorrow, "Mette Holm")
        with pytest.raises(NotThere):
            come_back(actor=actor, away_id=made.pk, on=ON)
    with acting(house.karin) as actor:
        assert come_back(actor=actor, away_id=made.pk, on=tomorrow).until_on == ON


@pytest.mark.django_db
def test_the_usual_time_is_told_from_five_answers_on(house) -> None:
    def told():
        with acting(house.mette) as actor:
            return register(actor=actor, scheme="", on=ON).units[0].answer_minutes

    for number in range(4):
        key_persons.question(asker=house.mette, unit=house.unit, taken_by=house.karin, answer_minutes=60 * number + 1)
    assert told() is None
    key_persons.question(asker=house.mette, unit=house.unit, taken_by=house.karin, answer_minutes=600)
    assert told() == 121


@pytest.mark.django_db
def test_a_key_person_serves_a_unit_that_shares_a_municipality_with_theirs(house) -> None:
    shared = organisations.unit(house.municipality, name="Fælles")
    team = organisations.team(unit=shared, name="Team Mobil")
    asker = accounts.employee(team=team, name="Ali Mobil")
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=shared, name="Nils Leder")
    with acting(lead) as actor:
        name_adviser(
            actor=actor,
            user_id=house.karin.pk,
            kind=AdviserKind.KEY_PERSON,
            unit_id=shared.pk,
            team_id=None,
            draft=AdviserDraft(),
            on=ON,
        )
    key_persons.question(asker=asker, unit=shared, team=team)
    with acting(house.karin):
        assert Question.objects.count() == 1


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-11-20 14:00", "2026-11-20 15:30", 90),
        ("2026-11-20 15:00", "2026-11-23 09:00", 120),
        ("2026-11-20 20:00", "2026-11-22 20:00", 0),
        ("2026-11-20 05:00", "2026-11-20 08:10", 10),
        ("2026-04-01 12:00", "2026-04-07 12:00", 480),
        ("2026-12-23 12:00", "2026-12-28 12:00", 480),
        ("2026-10-23 12:00", "2026-10-26 12:00", 480),
        ("2026-11-20 12:00", "2026-11-20 11:00", 0),
    ],
)
def test_working_minutes(start, end, minutes) -> None:
    """Over a weekend, Easter, Christmas and the night the clock goes back."""
    moments = [datetime.fromisoformat(text).replace(tzinfo=DENMARK) for text in (start, end)]
    assert working_minutes(start=moments[0], end=moments[1]) == minutes


def test_working_days() -> None:
    assert working_day_after(day=date(2026, 11, 20), days=2) == date(2026, 11, 24)
    assert working_day_after(day=date(2026, 4, 1), days=1) == date(2026, 4, 7)
    holidays = ("2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-12-25")
    assert not any(is_working_day(date.fromisoformat(day)) for day in holidays)
    assert is_working_day(date(2026, 5, 1))
