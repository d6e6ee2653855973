"""When and how much somebody wants to work: told by themselves or with those who help, never by others."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser

from jobbro.apps.audit.models import Event
from jobbro.apps.jobs.models import WorkWish
from jobbro.engines.occupations.occupations import occupations
from tests.factories import accounts, citizens, employers, jobs, organisations, screening
from tests.factories.accounts import acting, log_in
from tests.factories.rows import rows_of, run
from tests.journeys.screens import screen_of

pytestmark = pytest.mark.django_db
TOLD = {"hours_min": "10", "hours_max": "15,5", "shortcuts": ["weekday_mornings"], "max_hours_per_slot": "3"}


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def mette(team):
    return accounts.employee(team=team)


@pytest.fixture
def anna(team, mette):
    return citizens.citizen(team=team, lead=mette, has_login=True)


def address(citizen) -> str:
    return reverse("work_wish", args=[citizen.pk])


def test_the_citizen_tells_it_and_both_see_it(client: Client, anna, mette) -> None:
    response = log_in(client, anna.user).post(
        address(anna), {**TOLD, "max_km": "20", "skills": ["driving_b"], "own_skills": "polsk, symaskine"}
    )
    assert response.status_code == 302
    with acting(mette):
        row = WorkWish.objects.get()
        assert Event.objects.filter(citizen_id=anna.pk, verb="work_wish_told").count() == 1
    assert (row.hours_min, row.hours_max, row.slots) == (Decimal(10), Decimal("15.5"), jobs.MORNINGS)
    assert (row.max_km, row.skills) == (20, ["driving_b", "polsk", "symaskine"])
    page = log_in(Client(), mette).get(address(anna)).content.decode()
    assert 'value="15,5"' in page
    assert "polsk, symaskine" in page


@pytest.mark.parametrize(
    "change",
    [
        {"hours_min": "20"},
        {"hours_max": "61"},
        {"hours_min": "mange"},
        {"hours_min": "NaN"},
        {"hours_min": ""},
        {"shortcuts": []},
        {"max_hours_per_slot": "0"},
        {"max_hours_per_slot": "1"},
        {"max_hours_per_slot": "13"},
        {"max_km": "501"},
        {"max_km": "-1"},
        {"max_km": "1e9"},
        {"own_skills": "x" * 61},
        {"own_skills": ",".join(f"ord {number}" for number in range(13))},
    ],
    ids=str,
)
def test_what_cannot_be_is_said_at_the_field_and_kept(client: Client, anna, change: dict[str, object]) -> None:
    response = log_in(client, anna.user).post(address(anna), {**TOLD, **change})
    assert response.status_code == 422
    assert "error-summary" in response.content.decode()
    assert rows_of("select id from jobs_workwish where $1 = ''") == []


def test_somebody_else_changed_it_meanwhile(client: Client, anna, mette) -> None:
    jobs.work_wish(citizen=anna, by=mette)
    response = log_in(client, anna.user).post(address(anna), {**TOLD, "hours_min": "12", "seen": "old"})
    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="12"' in page
    seen = page.split('name="seen" value="')[1].split('"')[0]
    again = log_in(client, anna.user).post(address(anna), {**TOLD, "hours_min": "12", "seen": seen})
    assert again.status_code == 302


def test_what_was_said_in_the_dialogue_is_not_asked_again(client: Client, anna, mette) -> None:
    held = screening.dialogue(citizen=anna, started_by=mette)
    said = screening.answer(dialogue=held, topic="hours", by=mette)
    run("update screening_answer set numbers = '{8,12}' where id = $1::uuid", value=said.pk)
    when = screening.answer(dialogue=held, topic="slots", by=mette)
    run("update screening_answer set slots = '{mon_am,tue_am}' where id = $1::uuid", value=when.pk)
    page = log_in(client, mette).get(address(anna)).content.decode()
    assert 'value="8"' in page
    assert 'value="12"' in page
    assert page.count(" checked") == 2


def test_nobody_else_sees_or_writes_it(client: Client, anna, mette, team) -> None:
    jobs.work_wish(citizen=anna, by=mette)
    company = employers.company(team=team, broker=employers.job_broker(team=team))
    other = citizens.citizen(team=team, has_login=True)
    for user, status in (
        (accounts.employee(team=organisations.team()), 404),
        (other.user, 404),
        (employers.employer_user(company=company), 403),
    ):
        visitor = log_in(Client(), user)
        assert visitor.get(address(anna)).status_code == status
        assert visitor.post(address(anna), TOLD).status_code == status
        with acting(user):
            assert not WorkWish.objects.exists()


def test_a_look_by_staff_is_on_record(client: Client, anna, mette) -> None:
    log_in(client, mette).get(address(anna))
    looks = rows_of("select view, purpose from audit_look where $1::uuid = any(citizen_ids)", value=anna.pk)
    assert ("work_wish", "casework") in {(one.view, one.purpose) for one in looks}


def test_queries_are_counted(client: Client, anna, mette, django_assert_max_num_queries) -> None:
    jobs.work_wish(citizen=anna, by=mette, told_on=date(2026, 11, 1))
    visitor = log_in(client, mette)
    with django_assert_max_num_queries(14):
        visitor.get(address(anna))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [375, 1280])
def test_it_works_by_keyboard_and_on_a_phone(chromium: Browser, live_server, anna, width: int) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=anna.user, width=width, language="en")
    page = screen.page
    page.goto(address(anna))
    screen.check()
    page.get_by_role("main").get_by_role("button", name="Save").press("Enter")
    screen.check()
    page.get_by_label("At least how many hours").fill("5")
    page.get_by_label("At most how many hours a week").fill("10")
    page.get_by_label("Mornings Monday to Friday").press("Space")
    page.get_by_label("At most how many hours at a time").fill("2,5")
    page.get_by_role("main").get_by_role("button", name="Save").press("Enter")
    page.get_by_text("Saved. You can change it whenever you like.").wait_for()
    screen.check()


BAKER, COOK = [one.code for one in occupations() if one.has_profile][:2]


def test_work_is_looked_for_and_wished_for(client: Client, anna, mette) -> None:
    page = log_in(client, anna.user)
    title = occupations().by_code(BAKER).title
    typed = {**TOLD, "own_skills": "polsk", "words": title, "find": "1", f"work_{COOK}": "1"}
    found = page.post(address(anna), typed).content.decode()
    assert f'name="work_{BAKER}"' in found and f'name="work_{COOK}"' in found and "polsk" in found
    with acting(mette):
        assert not WorkWish.objects.exists()
    told = {**TOLD, f"work_{BAKER}": "2", f"work_{COOK}": "1", "travels_from": "2300"}
    assert page.post(address(anna), told).status_code == 302
    with acting(mette):
        row = WorkWish.objects.get()
    assert (row.occupations, row.travels_from) == ({BAKER: 2, COOK: 1}, "2300")
    again = page.get(address(anna)).content.decode()
    assert title in again and 'value="2300"' in again


@pytest.mark.parametrize(
    "change",
    [
        {"travels_from": "0001"},
        {"travels_from": "hjem"},
        {f"work_{BAKER}": "3"},
        {f"work_{one.code}": "1" for one in list(occupations())[:21]},
    ],
    ids=["nowhere", "word", "too much", "many"],
)
def test_places_and_work_that_cannot_be_are_told(client: Client, anna, mette, change) -> None:
    assert log_in(client, anna.user).post(address(anna), {**TOLD, **change}).status_code == 422
    with acting(mette):
        assert not WorkWish.objects.exists()


def test_unknown_work_is_left_out(client: Client, anna, mette) -> None:
    assert log_in(client, anna.user).post(address(anna), {**TOLD, "work_nonsense": "2"}).status_code == 302
    with acting(mette):
        assert WorkWish.objects.get().occupations == {}
