"""Partners near a person: by distance, as a table and a picture with the same numbers."""

import re
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.employers.enums import NeedState, PartnerState, Sector
from jobbro.apps.employers.models import Workplace
from jobbro.apps.organisations.models import Team
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.postcodes import place_of
from jobbro.webkit.charts.near import near_picture, numbers_text
from tests.factories import accounts, citizens, employers, organisations, rows

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@dataclass
class Scene:
    team: Team
    broker: User
    anna: Citizen
    desk: Client

    @property
    def path(self) -> str:
        return reverse("partners_near", args=[self.anna.pk])

    def names(self, query: str = "") -> list[str]:
        return re.findall(r"/employers/[0-9a-f-]+/\">([^<]+)</a>", main_of(self.desk.get(self.path + query)))


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def live_at(citizen: Citizen, postcode: str) -> None:
    rows.run(f"update citizens_contact set postcode = '{postcode}' where citizen_id = $1::uuid", value=citizen.pk)


def partner(team: Team, name: str, postcode: str, *, state=PartnerState.PARTNER, **told) -> Workplace:
    place = place_of(postcode)
    spot = {"x": place.x, "y": place.y} if place else {}
    company = {field: told.pop(field) for field in ("sector",) if field in told}
    made = employers.company(team=team, name=name, state=state, **company)
    town = place.town if place else ""
    return employers.workplace(company=made, name="Stedet", postcode=postcode, city=town, **spot, **told)


@pytest.fixture
def scene(client: Client) -> Scene:
    team = organisations.team()
    broker = employers.job_broker(team=team)
    anna = citizens.citizen(team=team)
    live_at(anna, "8000")
    desk = accounts.log_in(client, broker)
    desk.cookies["django_language"] = "en"
    return Scene(team=team, broker=broker, anna=anna, desk=desk)


def test_the_nearest_stand_first_and_then_by_name(scene: Scene) -> None:
    told = {"Zoo": "8000", "Æble": "8000", "Bager": "8000", "Randers A/S": "8900", "Brabrand": "8220"}
    for name, postcode in told.items():
        partner(scene.team, name, postcode)
    assert scene.names("?km=50") == ["Bager", "Zoo", "Æble", "Brabrand", "Randers A/S"]
    assert scene.names("?km=5") == ["Bager", "Zoo", "Æble"]
    page = main_of(scene.desk.get(scene.path + "?km=50"))
    assert "0.0 km" in page
    assert "1–3" in page
    assert "Aarhus C" in page


def test_what_has_closed_or_is_elsewhere_is_not_shown(scene: Scene) -> None:
    partner(scene.team, "Lukket", "8000", state=PartnerState.CLOSED)
    partner(scene.team, "Flyttet", "8000", closed_on=TODAY)
    partner(organisations.team(), "Fremmed", "8000")
    partner(scene.team, "Hviler", "8000", state=PartnerState.RESTING)
    partner(scene.team, "Uden sted", "")
    page = main_of(scene.desk.get(scene.path))
    assert scene.names() == ["Hviler"]
    assert "Resting by agreement" in page
    assert "1 workplace has no postcode" in page


def test_filters_narrow_and_nonsense_narrows_nothing(scene: Scene) -> None:
    measure = catalogue().entries[0].code
    one = partner(scene.team, "Stille", "8000", features=["quiet_room"], measures=[measure], sector=Sector.PUBLIC)
    other = partner(scene.team, "Travl", "8000")
    employers.need(company=one.company, workplace=one, title="Pakke brød")
    employers.need(company=other.company, title="Gammelt", state=NeedState.MET, ended_on=TODAY)
    for query in ("?feature=quiet_room", f"?measure={measure}", "?sector=public", "?need=on"):
        assert scene.names(query) == ["Stille"]
    for query in ("?km=x&feature=y&measure=z&sector=w", "?km=99999", ""):
        assert scene.names(query) == ["Stille", "Travl"]
    page = main_of(scene.desk.get(scene.path))
    assert "Pakke brød" in page
    assert "Gammelt" not in page
    assert "A quiet room" in page


def test_a_protected_address_is_not_looked_up(scene: Scene) -> None:
    kept = citizens.citizen(team=scene.team, is_protected=True)
    live_at(kept, "8000")
    partner(scene.team, "Bager", "8000")
    with CaptureQueriesContext(connection) as queries:
        page = main_of(scene.desk.get(reverse("partners_near", args=[kept.pk])))
    assert "do not look up" in page
    assert "8000" not in page
    assert '<svg class="near' not in page
    asked = " ".join(query["sql"] for query in queries)
    assert "citizens_contact" not in asked
    assert "employers_workplace" not in asked


@pytest.mark.parametrize(
    ("postcode", "told"), [("", "There is no postcode"), ("9999", "We do not know where"), ("9940", "9940")]
)
def test_a_postcode_without_a_place_is_told(scene: Scene, postcode: str, told: str) -> None:
    live_at(scene.anna, postcode)
    page = main_of(scene.desk.get(scene.path))
    assert told in page
    assert reverse("employers") in page


def test_the_look_is_recorded(scene: Scene) -> None:
    scene.desk.get(scene.path)
    (look,) = rows.rows_of("select purpose, view, citizen_ids from audit_look order by id desc limit 1")
    assert (look.purpose, look.view, look.citizen_ids) == ("casework", "partners_near", [str(scene.anna.pk)])


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.ANALYST])
def test_other_roles_do_not_come_in(scene: Scene, role: Role) -> None:
    client = accounts.log_in(Client(), accounts.employee(role=role, unit=scene.team.unit))
    assert client.get(scene.path).status_code == 403


def test_neither_the_person_nor_the_company_nor_a_stranger_sees_it(scene: Scene) -> None:
    work = partner(scene.team, "Bager", "8000")
    for user in (employers.employer_user(company=work.company), citizens.citizen(team=scene.team, has_login=True).user):
        assert accounts.log_in(Client(), user).get(scene.path).status_code == 403
    stranger = accounts.log_in(Client(), employers.job_broker())
    assert stranger.get(scene.path).status_code == 404


def test_as_many_queries_for_many_as_for_few(scene: Scene) -> None:
    partner(scene.team, "Bager", "8000")
    scene.desk.get(scene.path)
    with CaptureQueriesContext(connection) as few:
        scene.desk.get(scene.path)
    for number in range(120):
        work = partner(scene.team, f"Firma {number}", "8000")
        employers.need(company=work.company)
    with CaptureQueriesContext(connection) as many:
        page = main_of(scene.desk.get(scene.path))
    assert len(many) == len(few)
    assert len(few) <= 22
    assert "The nearest 100 are shown" in page
    assert "121 workplaces" in page


def test_the_file_leads_here(scene: Scene) -> None:
    assert scene.path in main_of(scene.desk.get(reverse("citizen", args=[scene.anna.pk])))


def test_marks_that_would_hide_each_other_become_one() -> None:
    picture = near_picture([(1, 0, 0), (2, 0, 0), (3, 10, 0), (4, 10.5, 0), (5, -20, -20)], km=30)
    assert [mark.label for mark in picture.marks] == ["1–2", "3–4", "5"]
    assert [ring.km for ring in picture.rings] == [5, 10, 20, 30]
    assert picture.marks[0].y < picture.middle
    assert picture.marks[1].x > picture.middle
    assert picture.marks[2].y > picture.middle


def test_numbers_are_told_shortly() -> None:
    assert numbers_text([3, 1, 2, 5]) == "1–3, 5"
    assert numbers_text([7]) == "7"
    assert numbers_text([1, 3, 5, 7, 9, 11]) == "1 +5"
