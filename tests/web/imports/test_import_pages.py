"""The import pages: from a file to people in the browser, with every refusal in plain words."""

import io
import re
from uuid import UUID

import pytest
from django.test import Client

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.imports.models import ImportBatch
from jobbro.apps.organisations.models import Team
from tests.factories import accounts, imports, organisations

pytestmark = pytest.mark.django_db


@pytest.fixture
def team() -> Team:
    return organisations.team()


@pytest.fixture
def lead(team: Team) -> User:
    return accounts.employee(role=Role.TEAM_LEAD, unit=team.unit, name="Line Leder")


@pytest.fixture
def desk(client: Client, lead: User) -> Client:
    return accounts.log_in(client, lead)


def named(file: io.BytesIO, name: str = "borgere.csv") -> io.BytesIO:
    file.name = name
    return file


def send(client: Client, team: Team, file: io.BytesIO, *, kind: str = "citizens"):
    with acting_as(UUID(client.session["_auth_user_id"])):
        code = team.unit.served.get().municipality_id
    fields = {"kind": kind, "municipality": code, "team": str(team.pk), "file": file}
    return client.post("/imports/start/", fields)


def main_of(answer) -> str:
    text = answer.content.decode()
    return text[text.index("<main") : text.index("</main>")]


def test_a_file_is_looked_at_then_imported(desk: Client, team: Team, lead: User) -> None:
    path = send(desk, team, named(imports.csv_file(imports.people(3)))).headers["Location"]
    page = main_of(desk.get(path))
    assert "Anna 1" in page
    assert imports.cpr(1) not in page
    assert desk.post(f"{path}run/").status_code == 302
    done = main_of(desk.get(path))
    assert "Anna 1" not in done
    with acting_as(lead.pk):
        assert Citizen.objects.count() == 3
    assert desk.post(f"{path}run/").status_code == 409
    assert path in main_of(desk.get("/imports/"))


def test_the_same_file_leads_to_its_first_batch(desk: Client, team: Team) -> None:
    first = send(desk, team, named(imports.csv_file(imports.people(3))))
    again = send(desk, team, named(imports.csv_file(imports.people(3)), "andet navn.csv"))
    assert first.headers["Location"] == again.headers["Location"]


def test_a_row_is_corrected_in_the_browser(desk: Client, team: Team) -> None:
    rows = [("102031234", "Anna", "Lund", "", "x@"), *imports.people(2)]
    path = send(desk, team, named(imports.csv_file(rows))).headers["Location"]
    page = main_of(desk.get(path))
    assert page.index(f"{path}rows/2/") < page.index(f"{path}rows/3/")
    row = main_of(desk.get(f"{path}rows/2/"))
    assert 'value="102031234"' in row
    assert 'value="0102031234"' in row
    fields = {"cpr": "0102031234", "given_name": "Anna", "family_name": "Lund", "email": "x@"}
    half = desk.post(f"{path}rows/2/", fields)
    assert half.status_code == 422
    assert 'value="0102031234"' in main_of(half)
    assert desk.post(f"{path}rows/2/", {**fields, "email": ""}).status_code == 302
    assert desk.post(f"{path}rows/3/skip/").status_code == 302
    assert desk.get(f"{path}rows/3/").status_code == 404
    assert desk.post(f"{path}run/").status_code == 302


def test_the_rest_is_left_out(desk: Client, team: Team) -> None:
    path = send(desk, team, named(imports.csv_file([("1", "A", "B", "", "")]))).headers["Location"]
    assert desk.get(f"{path}end/").status_code == 200
    assert desk.post(f"{path}end/").status_code == 302
    assert desk.get(f"{path}rows/2/").status_code == 404


@pytest.mark.parametrize(
    "file",
    [
        imports.zip_bomb(),
        io.BytesIO(b""),
        io.BytesIO(b"\xd0\xcf\x11\xe0" + bytes(100)),
        io.BytesIO(b"PK\x03\x04broken"),
        imports.csv_file([("1", "2")], header=("Alder", "Vægt")),
    ],
    ids=["bomb", "empty", "old", "broken", "columns"],
)
def test_a_file_that_cannot_be_read_is_explained(desk: Client, team: Team, lead: User, file: io.BytesIO) -> None:
    answer = send(desk, team, named(io.BytesIO(file.getvalue()), "fil.xlsx"))
    assert answer.status_code == 422
    assert 'id="error-summary"' in main_of(answer)
    with acting_as(lead.pk):
        assert not ImportBatch.objects.exists()


def test_missing_columns_are_named(desk: Client, team: Team) -> None:
    answer = send(desk, team, named(imports.csv_file([("1", "2")], header=("Fornavn", "Vægt"))))
    assert "CPR-nummer, Efternavn" in main_of(answer)


def test_twenty_megabytes_are_drained_and_explained(desk: Client, team: Team) -> None:
    answer = send(desk, team, named(io.BytesIO(b"CPR;Navn\r\n" * 2_100_000)))
    assert answer.status_code == 413
    assert "10 MB" in main_of(answer)


def test_no_file_at_all_is_an_ordinary_error(desk: Client) -> None:
    assert desk.post("/imports/start/", {"kind": "citizens"}).status_code == 422


@pytest.mark.parametrize("kind", ["citizens", "staff", "employers"])
@pytest.mark.parametrize("make", ["csv", "xlsx"])
def test_templates_can_be_fetched(desk: Client, kind: str, make: str) -> None:
    answer = desk.get(f"/imports/template/{kind}.{make}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{make}"')
    assert desk.get(f"/imports/template/{kind}.exe").status_code == 404


def test_formulas_in_a_sheet_are_shown_as_text(desk: Client, team: Team) -> None:
    rows = [("=1+1", "=cmd|' /C calc'!A0", "<script>alert(1)</script>", "", "")]
    path = send(desk, team, named(imports.xlsx_file(rows), "x.xlsx")).headers["Location"]
    page = main_of(desk.get(path))
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_team_lead_cannot_import_colleagues(desk: Client, team: Team) -> None:
    assert send(desk, team, named(imports.csv_file([])), kind="staff").status_code == 422


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.JOB_BROKER, Role.KEY_PERSON, Role.ANALYST])
def test_other_roles_do_not_come_in(client: Client, team: Team, role: Role) -> None:
    accounts.log_in(client, accounts.employee(role=role, unit=team.unit))
    assert client.get("/imports/").status_code == 403
    assert client.get("/imports/start/").status_code == 403


def test_a_batch_of_another_municipality_is_not_there(desk: Client, team: Team) -> None:
    path = send(desk, team, named(imports.csv_file(imports.people(1)))).headers["Location"]
    stranger = accounts.employee(role=Role.ADMINISTRATOR, unit=organisations.unit())
    other = accounts.log_in(Client(), stranger)
    assert other.get(path).status_code == 404
    assert other.post(f"{path}run/").status_code == 404
    assert other.get(f"{path}rows/2/").status_code == 404
    assert other.post(f"{path}rows/2/skip/").status_code == 404
    assert other.get(f"{path}end/").status_code == 404


def test_a_batch_takes_as_many_queries_for_many_rows_as_for_few(
    desk: Client, team: Team, django_assert_max_num_queries, django_assert_num_queries
) -> None:
    few = send(desk, team, named(imports.csv_file(imports.people(1)))).headers["Location"]
    many = send(desk, team, named(imports.csv_file(imports.people(200)))).headers["Location"]
    desk.get(few)
    with django_assert_max_num_queries(16) as counted:
        desk.get(few)
    with django_assert_num_queries(len(counted)):
        desk.get(many)
    assert len(re.findall(r"/rows/\d+/", main_of(desk.get(many)))) == 25


def test_a_page_number_or_state_that_is_nonsense_shows_the_first_page(desk: Client, team: Team) -> None:
    path = send(desk, team, named(imports.csv_file(imports.people(1)))).headers["Location"]
    for query in ("?page=x", "?page=-1", "?page=99999999", "?state=nonsense"):
        assert desk.get(path + query).status_code == 200
