"""The account of a case: who may read it, nothing kept, nothing typed lost, intervals and never one number."""

import re
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.models import Event, Look
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, citizens, guidance, organisations

pytestmark = pytest.mark.django_db

SITUATION = {
    "start": "out_of_work",
    "horizon": "104",
    "weeks_on_benefit": "20",
    "benefit_low": "17.500",
    "benefit_grade": "measured",
    "benefit_why": "Fra sagen",
    "wage_low": "28.000",
    "wage_high": "32.000",
    "wage_why": "Overenskomsten",
    "chance_low": "10",
    "chance_high": "30",
    "chance_why": "Vores skøn",
}
ASSISTANCE = {
    "personlig_assistance_a": "on",
    "personlig_assistance_amount": "5",
    "personlig_assistance_price_low": "180",
    "personlig_assistance_price_high": "220",
    "personlig_assistance_price_why": "Kommunens regning i 2026",
}
ICEBREAKER = {"isbryder_b": "on", "isbryder_amount": "37"}


@dataclass
class Scene:
    """A citizen, their caseworker at the desk and themselves at home."""

    staff: User
    citizen: Citizen
    desk: Client
    home: Client

    @property
    def url(self) -> str:
        return reverse("case_economics", args=[self.citizen.pk])

    def ask(self, *parts: dict[str, str], **changes: str):
        form = dict(SITUATION)
        for part in parts:
            form |= part
        return self.desk.post(self.url, form | changes)


def in_english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    return Scene(
        staff=staff,
        citizen=citizen,
        desk=in_english(accounts.log_in(Client(), staff)),
        home=accounts.log_in(Client(), citizen.user),
    )


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(answer)))


# ---- Who may ----


def test_the_citizen_does_not_see_what_they_are_thought_to_cost(scene):
    assert scene.home.get(scene.url).status_code == 403
    assert scene.home.post(scene.url, SITUATION | ASSISTANCE).status_code == 403
    assert scene.url not in scene.home.get(reverse("guidance", args=[scene.citizen.pk])).content.decode()


def test_nobody_outside_the_case_sees_it(scene):
    elsewhere = accounts.log_in(Client(), accounts.employee(team=organisations.team()))
    adviser = accounts.log_in(Client(), accounts.employee(role=Role.KEY_PERSON, team=organisations.team()))
    analyst = accounts.log_in(Client(), accounts.employee(role=Role.ANALYST, team=organisations.team()))
    for client, status in ((elsewhere, 404), (adviser, 404), (analyst, 403)):
        assert client.get(scene.url).status_code == status
        assert client.post(scene.url, SITUATION | ASSISTANCE).status_code == status


def test_a_look_is_recorded_and_nothing_else(scene):
    def events() -> int:
        with accounts.acting(scene.citizen.user):
            return Event.objects.count()

    before = events()
    assert scene.ask(ASSISTANCE).status_code == 200
    assert events() == before
    with accounts.acting(scene.citizen.user):
        look = Look.objects.get()
    assert (look.citizen_ids, look.view) == ([scene.citizen.pk], "case_economics")
    assert (look.purpose, look.tier, look.kind) == ("casework", "health", "read")


def test_the_schemes_never_stand_in_an_address(scene):
    page = main_of(scene.ask(ASSISTANCE))
    assert re.findall(r'<form method="(\w+)" novalidate action="([^"]+)"', page) == [("post", scene.url)]


# ---- What is seen ----


def test_the_form_begins_with_what_is_known(scene):
    guidance.told_fact(citizen=scene.citizen, by=scene.staff, code="unemployed", value=True)
    guidance.told_fact(citizen=scene.citizen, by=scene.staff, code="assistance_hours_per_week", value=7.5)
    page = main_of(scene.desk.get(scene.url))
    assert re.search(r'value="out_of_work"[^>]*checked', page)
    assert re.search(r'name="personlig_assistance_amount" value="7[.,]5"', page)


def test_schemes_that_are_ruled_out_stand_last(scene):
    guidance.told_fact(citizen=scene.citizen, by=scene.staff, code="work_form", value="self_employed")
    page = main_of(scene.desk.get(scene.url))
    fold = page.index("that do not fit as it is now")
    assert page.index('name="isbryder_a"') > fold > page.index('name="personlig_assistance_a"')


def test_an_account_is_intervals_and_says_what_it_is_not(scene):
    said = words_of(scene.ask(ASSISTANCE))
    assert "The decision follows the law, not this account." in said
    assert "The account speaks of many people in the same situation." in said
    assert re.search(r"Over two years the (support|municipality)", said)
    assert re.search(r"In \d+ of 100 reckonings the municipality", said)
    assert "weeks more in a job" in said
    assert re.search(r"[Bb]etween −?[\d,]+ and −?[\d,]+ kr., in the middle −?[\d,]+ kr.", said)
    assert "The account rests on numbers that nobody has measured." in said
    assert "Kommunens regning i 2026" in said


def test_amounts_are_whole_thousands(scene):
    page = main_of(scene.ask(ASSISTANCE))
    table = page[
        page.index("Kroner over the whole time") : page.index("</table>", page.index("Kroner over the whole time"))
    ]
    amounts = re.findall(r'<td class="number">(−?[\d,]+)</td>', table)
    assert len(amounts) == 6 * 3
    assert all(amount == "0" or amount.endswith(",000") for amount in amounts)


def test_two_combinations_stand_side_by_side_with_their_difference(scene):
    page = main_of(scene.ask(ASSISTANCE, ICEBREAKER))
    assert page.count('<section class="choice"') == 2
    assert "What choice B gives more or less than choice A" in page
    assert "Over two years choice B" in page
    assert 'class="interval-second"' in page


def test_one_combination_has_one_line_in_the_picture(scene):
    page = main_of(scene.ask(ASSISTANCE))
    assert 'class="interval-first"' in page
    assert 'class="interval-second"' not in page


def test_an_unknown_price_is_said_and_never_nothing(scene):
    said = words_of(scene.ask({"personlig_assistance_a": "on", "personlig_assistance_amount": "5"}))
    assert "The municipality&#x27;s account waits for the price of personal assistance at work." in said
    assert "An older source without a year says 127.86 kr. an hour for personal assistance at work." in said
    assert re.search(r"Up to [\d,]+ kr. an hour for personal assistance", said)
    assert "Cannot be reckoned" in said


def test_the_same_question_has_the_same_answer(scene):
    first, second = (main_of(scene.ask(ASSISTANCE, ICEBREAKER)) for _ in range(2))
    secret = r'name="csrfmiddlewaretoken" value="[^"]+"'
    assert re.sub(secret, "", first) == re.sub(secret, "", second)


def test_in_a_job_the_account_is_of_keeping_it(scene):
    answer = scene.ask(ASSISTANCE, start="in_work", weeks_on_benefit="0")
    assert answer.status_code == 200
    assert "weeks more in a job" in words_of(answer)


# ---- What cannot be reckoned ----


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"benefit_low": "mange"}, "benefit_low"),
        ({"benefit_low": "nan"}, "benefit_low"),
        ({"benefit_low": "inf"}, "benefit_low"),
        ({"benefit_low": "-1"}, "benefit_low"),
        ({"benefit_low": ""}, "benefit_low"),
        ({"benefit_why": ""}, "benefit_why"),
        ({"benefit_why": "æ" * 501}, "benefit_why"),
        ({"benefit_grade": "certain"}, "benefit_grade"),
        ({"wage_low": "", "wage_why": ""}, "wage_low"),
        ({"wage_high": "100"}, "wage_high"),
        ({"chance_high": "100"}, "chance_high"),
        ({"weeks_on_benefit": "2,5"}, "weeks_on_benefit"),
        ({"weeks_on_benefit": "9" * 40}, "weeks_on_benefit"),
        ({"horizon": "7"}, "horizon"),
        ({"start": "retired"}, "start"),
        ({"personlig_assistance_amount": ""}, "personlig_assistance_amount"),
        ({"personlig_assistance_amount": "200"}, "personlig_assistance_amount"),
        ({"personlig_assistance_price_why": ""}, "personlig_assistance_price_why"),
        ({"effect_a_low": "20", "effect_a_high": "5", "effect_a_why": "x"}, "effect_a_high"),
        ({"fleksjob_b": "on"}, "effect_b_low"),
        ({"start": "in_work", "virksomhedspraktik_a": "on"}, "virksomhedspraktik_a"),
    ],
)
def test_what_cannot_be_read_comes_back_as_it_was_typed(scene, changes, field):
    answer = scene.ask(ASSISTANCE, **changes)
    page = main_of(answer)
    assert answer.status_code == 422
    assert f'href="#id_{field}' in page
    assert 'value="Kommunens regning i 2026"' in page or "personlig_assistance_price_why" in changes
    assert 'class="account"' not in page


def test_without_a_scheme_there_is_nothing_to_reckon(scene):
    answer = scene.ask()
    assert answer.status_code == 422
    assert "Tick at least one scheme in choice A." in words_of(answer)
    assert 'value="17.500"' in main_of(answer)


def test_what_is_typed_is_text_and_nothing_else(scene):
    page = main_of(scene.ask(ASSISTANCE, benefit_why="<script>alert(1)</script> 😀"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀" in page


@pytest.mark.parametrize(
    ("typed", "kr_a_week"), [("17.333,33", 4_000), ("17 333", 4_000), ("17333 kr.", 4_000), ("17,333.33", 4_000)]
)
def test_amounts_are_read_as_people_write_them(scene, typed, kr_a_week):
    answer = scene.ask(ASSISTANCE, benefit_low=typed)
    assert answer.status_code == 200
    assert re.search(rf"Benefit, kr. a week {kr_a_week:,} ", words_of(answer))


# ---- What it takes ----


def test_the_file_is_read_once_whether_asked_or_not(scene, django_assert_max_num_queries):
    scene.desk.get(scene.url)
    with django_assert_max_num_queries(QUERIES) as first:
        scene.desk.get(scene.url)
    with django_assert_max_num_queries(QUERIES):
        scene.ask(ASSISTANCE, ICEBREAKER)
    assert len(first) == QUERIES


QUERIES = 16
