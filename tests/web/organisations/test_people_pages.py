"""The pages of people, units and teams: who may open them, what they refuse, how many queries they take."""

from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import Position, User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.organisations.models import Team
from tests.factories import accounts, organisations

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate().isoformat()


@pytest.fixture
def team() -> Team:
    return organisations.team()


@pytest.fixture
def boss(team: Team) -> User:
    return accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="Bo Admin", username="bo")


@pytest.fixture
def mette(team: Team) -> User:
    return accounts.employee(team=team, name="Mette Holm", username="mette")


@pytest.fixture
def desk(client: Client, boss: User) -> Client:
    return accounts.log_in(client, boss)


def main_of(answer) -> str:
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def new_colleague(team: Team, **more: str) -> dict[str, str]:
    fields = {"display_name": "Nynne Ny", "username": "nynne", "role": "caseworker", "from_on": TODAY}
    return {**fields, "unit": str(team.unit_id), "team": str(team.pk), **more}


def test_the_list_shows_people_with_their_roles(desk: Client, mette: User) -> None:
    text = main_of(desk.get("/staff/?search=mette"))
    assert "Mette Holm" in text
    assert "Team Havn" in text
    assert "Bo Admin" not in text


def test_the_list_takes_as_many_queries_for_many_people_as_for_few(
    desk: Client, mette: User, team: Team, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    desk.get("/staff/")
    with django_assert_max_num_queries(22) as few:
        desk.get("/staff/")
    for number in range(20):
        accounts.employee(team=team, name=f"Person {number}")
    with django_assert_num_queries(len(few)):
        desk.get("/staff/")


@pytest.mark.parametrize("query", ["unit=x", "team=' or 1=1", "role=chef", "page=-1", "page=9999999", "search=%00"])
def test_a_filter_that_cannot_be_read_does_not_break_the_list(desk: Client, mette: User, query: str) -> None:
    assert desk.get(f"/staff/?{query}").status_code == 200


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON, Role.ANALYST])
def test_other_roles_do_not_come_in(client: Client, team: Team, role: Role) -> None:
    accounts.log_in(client, accounts.employee(role=role, unit=team.unit))
    for path in ("/staff/", "/staff/add/", "/units/", "/units/add/", f"/units/{team.unit_id}/", f"/teams/{team.pk}/"):
        assert client.get(path).status_code == 403


def test_a_team_lead_reads_and_finds_no_buttons(client: Client, team: Team, mette: User) -> None:
    accounts.log_in(client, accounts.employee(role=Role.TEAM_LEAD, unit=team.unit))
    assert "Mette Holm" in main_of(client.get("/staff/"))
    assert "<form" not in main_of(client.get(f"/staff/{mette.pk}/"))
    assert client.get("/staff/add/").status_code == 403
    answer = client.post(f"/staff/{mette.pk}/", {"display_name": "X", "seen": "x"})
    assert answer.status_code == 404


def test_a_forged_id_of_another_municipality_is_not_there(desk: Client) -> None:
    there = organisations.team()
    other = accounts.employee(team=there)
    for path in (
        f"/staff/{other.pk}/",
        f"/staff/{other.pk}/role/give/",
        f"/staff/{other.pk}/role/{UUID(int=1)}/end/",
        f"/staff/{other.pk}/account/close/",
        f"/staff/{other.pk}/password/renew/",
        f"/units/{there.unit_id}/",
        f"/units/{there.unit_id}/team/add/",
        f"/teams/{there.pk}/",
    ):
        assert desk.get(path).status_code == 404, path


def test_the_one_time_password_is_shown_once(desk: Client, team: Team) -> None:
    fields = new_colleague(team, form_token="3f0b6c1e-6a0e-4d0b-9a55-0d2a8f0b7a11")
    answer = desk.post("/staff/add/", fields)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "nynne" in main_of(answer)
    again = desk.post("/staff/add/", fields)
    assert again.status_code == 302
    with acting_as(desk_user(desk)):
        assert User.objects.filter(username="nynne").count() == 1


def desk_user(client: Client) -> UUID:
    return UUID(client.session["_auth_user_id"])


def test_a_taken_username_and_a_wrong_team_come_back_with_what_was_typed(desk: Client, team: Team, mette: User) -> None:
    answer = desk.post("/staff/add/", new_colleague(team, username="mette"))
    assert answer.status_code == 422
    assert 'value="Nynne Ny"' in main_of(answer)
    answer = desk.post("/staff/add/", new_colleague(team, username="Må Ikke"))
    assert answer.status_code == 422


def test_a_role_is_given_and_ended(desk: Client, team: Team, mette: User) -> None:
    given = desk.post(
        f"/staff/{mette.pk}/role/give/", {"role": "key_person", "unit": str(team.unit_id), "team": "", "from_on": TODAY}
    )
    assert given.status_code == 302
    with acting_as(mette.pk):
        position = Position.objects.get(user=mette, role=Role.KEY_PERSON)
    path = f"/staff/{mette.pk}/role/{position.pk}/end/"
    assert desk.post(path, {"when": "day", "until_on": ""}).status_code == 422
    assert desk.post(path, {"when": "day", "until_on": "2001-01-01"}).status_code == 422
    assert desk.post(path, {"when": "now"}).status_code == 302
    assert desk.get(path).status_code == 404


def test_rights_end_at_the_next_request(desk: Client, mette: User, team: Team) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line")
    other = accounts.log_in(Client(), lead)
    assert other.get("/staff/").status_code == 200
    with acting_as(lead.pk):
        position = Position.objects.get(user=lead)
    desk.post(f"/staff/{lead.pk}/role/{position.pk}/end/", {"when": "now"})
    assert other.get("/staff/").status_code == 403


def test_a_closed_account_is_out_at_the_next_request(desk: Client, team: Team) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line")
    other = accounts.log_in(Client(), lead)
    assert desk.get(f"/staff/{lead.pk}/account/close/").status_code == 200
    assert desk.post(f"/staff/{lead.pk}/account/close/").status_code == 302
    assert other.get("/staff/").headers["Location"].startswith("/login/")
    assert "er lukket" in main_of(desk.get(f"/staff/{lead.pk}/")) or "is closed" in main_of(
        desk.get(f"/staff/{lead.pk}/")
    )


def test_the_own_page_offers_no_change(desk: Client, boss: User) -> None:
    assert "<form" not in main_of(desk.get(f"/staff/{boss.pk}/"))
    assert desk.get(f"/staff/{boss.pk}/role/give/").status_code == 404
    assert desk.get(f"/staff/{boss.pk}/account/close/").status_code == 404


def test_the_last_administrator_is_explained(desk: Client, boss: User, team: Team) -> None:
    second = accounts.employee(role=Role.ADMINISTRATOR, unit=team.unit, name="To Admin", until_on=timezone.localdate())
    client = accounts.log_in(Client(), second)
    with acting_as(boss.pk):
        position = Position.objects.get(user=boss)
    answer = client.post(f"/staff/{boss.pk}/role/{position.pk}/end/", {"when": "day", "until_on": TODAY})
    assert answer.status_code == 422


def test_an_edit_on_an_old_page_is_a_conflict_that_keeps_what_was_typed(desk: Client, mette: User) -> None:
    seen = seen_on(desk.get(f"/staff/{mette.pk}/"))
    fields = {"email": "", "phone": "1", "seen": seen}
    assert desk.post(f"/staff/{mette.pk}/", {**fields, "display_name": "Mette H."}).status_code == 302
    conflict = desk.post(f"/staff/{mette.pk}/", {**fields, "display_name": "Mette Lund"})
    assert conflict.status_code == 409
    assert 'value="Mette Lund"' in main_of(conflict)
    again = {**fields, "display_name": "Mette Lund", "seen": seen_on(conflict)}
    assert desk.post(f"/staff/{mette.pk}/", again).status_code == 302


def seen_on(answer) -> str:
    text = main_of(answer)
    start = text.index('name="seen" value="') + len('name="seen" value="')
    return text[start : text.index('"', start)]


def test_units_and_teams_are_added_renamed_and_ended(desk: Client, team: Team) -> None:
    assert desk.get("/units/").status_code == 200
    with acting_as(desk_user(desk)):
        code = team.unit.served.get().municipality_id
    made = desk.post("/units/add/", {"name": "Jobhus", "municipalities": [code], "from_on": TODAY})
    path = made.headers["Location"]
    assert "Jobhus" in main_of(desk.get(path))
    assert desk.post(f"{path}team/add/", {"name": "Hold A", "from_on": TODAY}).status_code == 302
    fields = {"name": "Jobhuset", "from_on": TODAY, "seen": seen_on(desk.get(path))}
    assert desk.post(path, {**fields, "until_on": TODAY}).status_code == 422
    assert desk.post(path, fields).status_code == 302
    assert desk.post(path, {**fields, "name": "Andet"}).status_code == 409
    with acting_as(desk_user(desk)):
        hold = Team.objects.get(name="Hold A")
    fields = {"name": "Hold B", "from_on": TODAY, "until_on": TODAY, "seen": seen_on(desk.get(f"/teams/{hold.pk}/"))}
    assert desk.post(f"/teams/{hold.pk}/", fields).status_code == 302
    assert desk.post(f"/teams/{hold.pk}/", fields).status_code == 409


def test_a_unit_keeps_its_municipality(desk: Client, team: Team) -> None:
    with acting_as(desk_user(desk)):
        served = team.unit.served.get()
    path = f"/units/{team.unit_id}/municipality/{served.pk}/end/"
    assert desk.get(path).status_code == 200
    assert desk.post(path, {"until_on": TODAY}).status_code == 422
    assert desk.post(f"/units/{team.unit_id}/municipality/add/", {"municipality": "0000"}).status_code == 422


def test_a_new_one_time_password_lets_the_person_in_again(desk: Client, mette: User) -> None:
    answer = main_of(desk.post(f"/staff/{mette.pk}/password/renew/"))
    password = answer.split("<code>")[2].split("</code>")[0]
    client = Client()
    login = client.post("/login/", {"username": "mette", "password": password})
    assert login.headers["Location"] == "/login/first-password/"
