"""The worklist in the browser: filters in the address, links to the place, a file, and the citizen's own page."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.screening.enums import State as DialogueState
from tests.factories import accounts, citizens, employers, organisations, screening
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def mette(team):
    return accounts.employee(team=team)


@pytest.fixture
def desk(client: Client, mette) -> Client:
    client.cookies["django_language"] = "en"
    return accounts.log_in(client, mette)


@pytest.fixture
def anna(team, mette) -> Citizen:
    return citizens.citizen(team=team, lead=mette, has_login=True)


def saved() -> list[tuple[str, str, bool]]:
    rows = rows_of("select name, query, is_default from worklist_savedfilter order by name")
    return [(row.name, row.query, row.is_default) for row in rows]


def test_a_row_leads_to_the_citizen_and_to_the_place_of_each_need(desk: Client, anna: Citizen) -> None:
    screening.dialogue(citizen=anna, state=DialogueState.FINISHED)
    page = desk.get("/worklist/").content.decode()
    assert page.count("<tr>") == 2
    assert f'href="/citizens/{anna.pk}/"' in page
    assert f'href="/citizens/{anna.pk}/dialogue/summary/"' in page
    assert "No next step with a day is set." in page or "No next step" in page


def test_no_word_scolds_and_nothing_is_red(desk: Client, anna: Citizen) -> None:
    page = desk.get("/worklist/?who=all").content.decode().lower()
    for word in ("no-show", "udeblevet", "manglende", "alert-error", "lacking", "failed"):
        assert word not in page


def test_filters_stand_in_the_address_and_are_chosen_in_the_form(desk: Client, anna: Citizen) -> None:
    page = desk.get("/worklist/?who=all&need=no_next_step&waits=us&due=late&sort=who").content.decode()
    assert "Anna Lund" in page
    for chosen in (
        'value="all" selected',
        'value="no_next_step" selected',
        'value="us" selected',
        'value="who" selected',
    ):
        assert chosen in page
    assert "Anna Lund" not in desk.get("/worklist/?who=all&need=plan_to_make").content.decode()
    assert 'scope="rowgroup"' in page


@pytest.mark.parametrize("query", ["need=nonsense", "who=nobody", "due=never", "sort=up", "page=x", "size=7", "team=1"])
def test_what_cannot_be_understood_counts_as_not_chosen(desk: Client, anna: Citizen, query: str) -> None:
    answer = desk.get(f"/worklist/?{query}")
    assert answer.status_code == 200
    assert "Anna Lund" in answer.content.decode()


def test_the_file_holds_every_line_of_the_filter(desk: Client, team, mette) -> None:
    for number in range(30):
        citizens.citizen(team=team, lead=mette, given_name=f"=P{number}")
    answer = desk.get("/worklist/worklist.csv?who=mine&need=no_next_step")
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    lines = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len({line[0] for line in lines[1:]}) == 30
    # A name that looks like a formula is text to a spreadsheet.
    assert all(line[0].startswith("'=P") for line in lines[1:])
    exported = rows_of("select kind, cardinality(citizen_ids) as many from audit_look where view = 'worklist_file'")
    assert [(row.kind, row.many) for row in exported] == [("export", 30)]


def test_whoever_stands_on_the_page_has_been_looked_at_and_nobody_else(desk: Client, team, mette, anna) -> None:
    citizens.citizen(team=team, given_name="Kollegas")
    desk.get("/worklist/")
    looks = rows_of("select purpose, citizen_ids from audit_look where view = 'worklist'")
    assert [(look.purpose, look.citizen_ids) for look in looks] == [("worklist", [str(anna.pk)])]


def test_a_filter_is_saved_used_begun_with_and_dropped(desk: Client, anna: Citizen) -> None:
    form = {"name": "Uden skridt", "query": "page=3&need=no_next_step&who=all&junk=1", "is_default": "on"}
    answer = desk.post("/worklist/filters/save/", form)
    assert answer.headers["Location"] == "/worklist/?who=all&need=no_next_step"
    assert saved() == [("Uden skridt", "who=all&need=no_next_step", True)]
    assert desk.get("/worklist/").headers["Location"] == "/worklist/?who=all&need=no_next_step"
    page = desk.get("/worklist/?who=mine").content.decode()
    assert 'href="/worklist/?who=all&amp;need=no_next_step"' in page
    # The same name again is the same filter.
    desk.post("/worklist/filters/save/", {"name": "Uden skridt", "query": "who=mine&due=week"})
    assert saved() == [("Uden skridt", "who=mine&due=week", False)]
    (row,) = rows_of("select id from worklist_savedfilter")
    assert desk.post(f"/worklist/filters/{row.id}/drop/").status_code == 302
    assert saved() == []
    assert desk.post(f"/worklist/filters/{row.id}/drop/").status_code == 404


def test_a_filter_without_a_name_and_the_twentyfirst_are_refused_with_what_was_typed(desk: Client, anna) -> None:
    for number in range(20):
        assert desk.post("/worklist/filters/save/", {"name": f"F{number}", "query": "who=all"}).status_code == 302
    nameless = desk.post("/worklist/filters/save/", {"name": "", "query": "who=all&waits=us"})
    one_more = desk.post("/worklist/filters/save/", {"name": "En til", "query": "who=all&waits=us"})
    assert (nameless.status_code, one_more.status_code) == (422, 422)
    assert 'value="En til"' in one_more.content.decode()
    assert "who=all&amp;waits=us" in one_more.content.decode()
    assert len(saved()) == 20


def test_nobody_sees_or_drops_a_colleagues_filter(desk: Client, team, anna) -> None:
    desk.post("/worklist/filters/save/", {"name": "Mit", "query": "who=all"})
    (row,) = rows_of("select id from worklist_savedfilter")
    other = accounts.log_in(Client(), accounts.employee(team=team, name="Per Kvist"))
    assert "Mit</a>" not in other.get("/worklist/?who=mine").content.decode()
    assert other.post(f"/worklist/filters/{row.id}/drop/").status_code == 404
    assert len(saved()) == 1


def test_the_promise_has_a_page_for_the_team_lead_alone(desk: Client, team, anna) -> None:
    later = TODAY + timedelta(days=9)
    kept = {"next_step": "Ring", "next_step_on": later, "last_step_on": TODAY, "given_name": "Bo"}
    citizens.citizen(team=team, lead=accounts.employee(team=team), **kept)
    assert desk.get("/worklist/without-next-step/").status_code == 403
    lead = accounts.log_in(Client(), accounts.employee(role=Role.TEAM_LEAD, unit=team.unit))
    page = lead.get("/worklist/without-next-step/").content.decode()
    assert "Anna Lund" in page
    assert "Bo Lund" not in page


@pytest.mark.parametrize("path", ["/worklist/", "/worklist/worklist.csv", "/worklist/without-next-step/"])
def test_neither_citizens_nor_employers_come_to_the_list(client: Client, anna: Citizen, path: str) -> None:
    assert accounts.log_in(client, anna.user).get(path).status_code == 403
    assert accounts.log_in(Client(), employers.employer_user(company=employers.company())).get(path).status_code == 403


def test_staff_do_not_come_to_the_citizens_own_page(desk: Client) -> None:
    assert desk.get("/now/").status_code == 403


def test_the_citizen_reads_what_waits_for_whom_and_whom_to_ring(client: Client, anna: Citizen) -> None:
    screening.dialogue(citizen=anna, state=DialogueState.FINISHED)
    client.cookies["django_language"] = "en"
    own = accounts.log_in(client, anna.user)
    page = own.get("/now/").content.decode()
    assert "Read what is written about your needs, and say whether it is right." in page
    assert "We agree the next step with you." in page
    assert "Call Mette Holm:" in page and 'href="tel:20304050"' in page
    # What is the employees' own work is not told.
    assert "three weeks" not in page
    client.cookies["jobbro_easy"] = "1"
    assert "Read about your needs. Is it right?" in own.get("/now/").content.decode()


def test_the_same_comes_as_a_fragment_beside_every_page_of_the_citizen(client: Client, anna: Citizen) -> None:
    own = accounts.log_in(client, anna.user)
    fragment = own.get("/now/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in fragment
    assert "<h3>" in fragment
    for path in ("/", f"/citizens/{anna.pk}/", "/help/"):
        page = own.get(path).content.decode()
        assert page.count('hx-get="/now/"') == 1
        assert page.index("</main>") < page.index('hx-get="/now/"')
    assert 'hx-get="/now/"' not in own.get("/now/").content.decode()


def test_the_desk_begins_with_the_ten_most_urgent(desk: Client, team, mette) -> None:
    for number in range(12):
        citizens.citizen(team=team, lead=mette, given_name=f"P{number}")
    page = desk.get("/").content.decode()
    assert page.count('<th scope="row">') >= 10
    assert "See the whole worklist (12)" in page


def test_queries_do_not_grow_with_the_data(desk: Client, team, mette, django_assert_max_num_queries) -> None:
    counted = []
    for more in (1, 6):
        for _ in range(more):
            citizens.citizen(team=team, lead=mette)
        counted.append(_queries(desk, "/worklist/"))
    assert counted[0] == counted[1]
    assert counted[0] <= 20


def test_the_citizens_page_takes_the_same_queries_whatever_waits(client: Client, team, mette) -> None:
    counted = []
    for number in range(2):
        who = citizens.citizen(team=team, lead=mette, has_login=True)
        if number:
            screening.dialogue(citizen=who, state=DialogueState.FINISHED)
        counted.append(_queries(accounts.log_in(Client(), who.user), "/now/"))
    assert counted[0] == counted[1] <= 22


def _queries(client: Client, path: str) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as found:
        assert client.get(path).status_code == 200
    return len(found)
