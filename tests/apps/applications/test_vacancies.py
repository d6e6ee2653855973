"""Posts with fortrinsadgang: the steps of the law, and what the law refuses."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.applications import services
from jobbro.apps.applications.enums import EmployerKind, NegotiationWay, Route, VacancyState
from jobbro.apps.applications.models import Negotiation, Vacancy
from jobbro.apps.applications.refusals import Changed, NotNow, NotThere, Refused
from jobbro.apps.applications.selectors import vacancies_of, vacancy_for
from jobbro.apps.applications.services import NegotiationDraft, VacancyDraft
from jobbro.apps.applications.states import LAW_REFUSES, ON_HOLD, VACANCY_MOVES
from jobbro.apps.audit.models import Event
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, citizens, organisations
from tests.factories.accounts import acting
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
AT = timezone.make_aware(datetime(2026, 6, 1, 10))
TODAY = date(2026, 6, 1)
POST = VacancyDraft(
    title="Kontorassistent",
    employer="Prøvekøbing Bibliotek",
    employer_kind=EmployerKind.MUNICIPALITY,
    route=Route.DIRECT,
)
MINUTES = NegotiationDraft(
    held_on=TODAY,
    way=NegotiationWay.PHONE,
    participants=["Bo Holm, biblioteket", "Mette Holm, kommunen"],
    employer_said="Vi har valgt en anden.",
    municipality_said="Anna har kompetencerne.",
)


@dataclass
class People:
    staff: User
    citizen: Citizen
    stranger: User


@pytest.fixture
def people() -> People:
    team = organisations.team()
    staff = accounts.employee(team=team)
    return People(
        staff=staff,
        citizen=citizens.citizen(team=team, lead=staff, has_login=True),
        stranger=accounts.employee(team=organisations.team()),
    )


def seen(actor, row: Vacancy) -> str:
    page = vacancy_for(actor=actor, vacancy_id=row.pk, on=TODAY)
    assert page is not None
    return page.vacancy.seen


def move(actor, row: Vacancy, name: str, *, on: date = TODAY) -> Vacancy:
    return services.move_vacancy(actor=actor, vacancy_id=row.pk, move=name, on=on, seen=seen(actor, row), at=AT)


def negotiate(actor, row: Vacancy, **changes) -> Negotiation:
    draft = replace(MINUTES, **changes)
    return services.negotiate_vacancy(actor=actor, vacancy_id=row.pk, draft=draft, seen=seen(actor, row), at=AT)


# BEK 1174: interview, account, negotiation, reasoned refusal; only then may somebody else get the post.
def test_the_whole_way_to_a_released_post(people):
    with acting(people.citizen.user) as actor:
        row = services.note_vacancy(actor=actor, citizen_id=people.citizen.pk, draft=POST, at=AT)
        move(actor, row, "invite")
        move(actor, row, "interview")
    with acting(people.staff) as actor:
        move(actor, row, "account")
        negotiate(actor, row)
        page = vacancy_for(actor=actor, vacancy_id=row.pk, on=TODAY)
        assert not page.vacancy.is_on_hold
        assert page.minutes[0].participants == tuple(MINUTES.participants)
        move(actor, row, "refuse")
        move(actor, row, "release")
        assert Vacancy.objects.get().state == VacancyState.VACANCY_RELEASED
        verbs = list(Event.objects.values_list("verb", flat=True))
    assert (verbs.count("vacancy_noted"), verbs.count("vacancy_moved")) == (1, 6)


@pytest.mark.parametrize("state", VacancyState)
@pytest.mark.parametrize("name", sorted({move for _state, move in VACANCY_MOVES} - {"negotiate"}))
def test_no_move_but_those_of_the_table(people, state, name):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=state)
    with acting(people.staff) as actor:
        if (state, name) in VACANCY_MOVES:
            assert move(actor, row, name).state == VACANCY_MOVES[state, name]
            return
        code, early = LAW_REFUSES.get(name, ("", ()))
        with pytest.raises(Refused if state in early else NotNow) as refused:
            move(actor, row, name)
        assert state not in early or refused.value.code == code
        assert Vacancy.objects.get().state == state


@pytest.mark.parametrize("state", ON_HOLD)
def test_on_hold_nobody_else_gets_the_post(people, state):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=state)
    with acting(people.staff) as actor:
        with pytest.raises(Refused, match="on_hold"):
            move(actor, row, "release")
        with pytest.raises(Refused, match="negotiate_first"):
            move(actor, row, "refuse")
        page = vacancy_for(actor=actor, vacancy_id=row.pk, on=TODAY)
    assert page.vacancy.is_on_hold
    assert {"release", "refuse"} <= {name for name, _why in page.vacancy.not_yet}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"way": "receipt"}, "receipt"),
        ({"way": "pigeon"}, "way"),
        ({"participants": ["Bo"]}, "participants"),
        ({"participants": ["Bo", " "]}, "participants"),
        ({"participants": ["x" * 121, "Mette"]}, "participants"),
        ({"employer_said": " "}, "both_said"),
        ({"municipality_said": ""}, "both_said"),
        ({"employer_said": "x" * 20_001}, "too_long"),
        ({"held_on": TODAY + timedelta(days=1)}, "day_ahead"),
        ({"held_on": date(2026, 3, 1)}, "day_before"),
    ],
)
def test_minutes_that_are_no_negotiation_are_refused(people, changes, code):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.ACCOUNT_SENT)
    with acting(people.staff) as actor:
        with pytest.raises(Refused) as refused:
            negotiate(actor, row, **changes)
        assert refused.value.code == code
        assert not Negotiation.objects.exists()


def test_the_account_comes_before_the_negotiation(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.INTERVIEWED)
    with acting(people.staff) as actor, pytest.raises(Refused, match="account_first"):
        negotiate(actor, row)


def test_the_citizen_notes_and_does_not_negotiate(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.ACCOUNT_SENT)
    with acting(people.citizen.user) as actor:
        with pytest.raises(PermissionDenied):
            negotiate(actor, row)
        with pytest.raises(PermissionDenied):
            move(actor, row, "breach")
        assert vacancy_for(actor=actor, vacancy_id=row.pk, on=TODAY).vacancy.not_yet == ()
    with acting(people.stranger) as actor:
        assert vacancies_of(actor=actor, citizen_id=people.citizen.pk, on=TODAY) is None
        with pytest.raises(NotThere):
            services.move_vacancy(actor=actor, vacancy_id=row.pk, move="hire", on=TODAY, seen="", at=AT)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": " "}, "title"),
        ({"employer": "x" * 121}, "employer"),
        ({"employer_kind": "private"}, "employer_kind"),
        ({"route": "luck"}, "route"),
        ({"on": TODAY + timedelta(days=1)}, "day_ahead"),
    ],
)
def test_a_post_that_cannot_be_is_refused(people, changes, code):
    with acting(people.staff) as actor, pytest.raises(Refused, match=code):
        services.note_vacancy(actor=actor, citizen_id=people.citizen.pk, draft=replace(POST, **changes), at=AT)


# komp. § 17 a stk. 2: within four weeks.
def test_an_opinion_is_asked_for_once_and_its_last_day_is_told(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.REASONED_REFUSAL)
    refused_on = date(2026, 3, 2) + timedelta(weeks=5)
    with acting(people.citizen.user) as actor:
        page = vacancy_for(actor=actor, vacancy_id=row.pk, on=refused_on)
        assert page.vacancy.opinion_until == refused_on + timedelta(weeks=4)
        assert ("opinion", refused_on + timedelta(weeks=4)) in [(due.code, due.on) for due in page.vacancy.due]
        services.ask_opinion(actor=actor, vacancy_id=row.pk, on=TODAY, seen=page.vacancy.seen, at=AT)
        with pytest.raises(NotNow):
            services.ask_opinion(actor=actor, vacancy_id=row.pk, on=TODAY, seen=seen(actor, row), at=AT)


def test_a_post_filled_without_negotiation_can_be_asked_about(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.INVITED)
    with acting(people.staff) as actor:
        move(actor, row, "breach")
        shown = vacancy_for(actor=actor, vacancy_id=row.pk, on=TODAY).vacancy
        assert (shown.opinion_until, shown.may_ask_opinion) == (TODAY + timedelta(weeks=4), True)


def test_what_somebody_else_changed_is_not_overwritten(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff)
    with acting(people.staff) as actor:
        mark = seen(actor, row)
        move(actor, row, "invite")
        with pytest.raises(Changed):
            services.move_vacancy(actor=actor, vacancy_id=row.pk, move="withdraw", on=TODAY, seen=mark, at=AT)


def test_the_database_itself_holds_the_post_until_negotiated(people):
    row = applications.vacancy(citizen=people.citizen, noted_by=people.staff, state=VacancyState.ACCOUNT_SENT)
    with pytest.raises(IntegrityError, match="vacancy_on_hold_until_negotiated"), transaction.atomic():
        run("update applications_vacancy set state = 'vacancy_released' where id = $1::uuid", value=row.pk)
    refused = pytest.raises(ProgrammingError, match="row-level security")
    with acting(people.citizen.user) as actor, refused, transaction.atomic():
        Negotiation(
            citizen_id=people.citizen.pk,
            vacancy_id=row.pk,
            held_on=TODAY,
            way="phone",
            participants=["a", "b"],
            employer_said="x",
            municipality_said="y",
            recorded_by_id=actor.id,
            recorded_at=AT,
        ).save(force_insert=True)
