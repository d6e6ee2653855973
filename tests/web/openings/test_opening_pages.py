"""The pages of open jobs, as brokers, the company's own people and everybody see them."""

import html
import json
import re
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.jobs.enums import CarvedState, OpeningDemand, OpeningOrigin, OpeningState
from jobbro.apps.jobs.models import Opening
from jobbro.engines.occupations.occupations import occupations
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.accounts import acting, log_in
from tests.factories.openings import carved_opening, draft_opening, opening, prefilled_opening
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
BAKER = next(one for one in occupations() if one.has_profile)
FORM = {
    "title": "Hjælp i bageriet",
    "hours_min": "10",
    "hours_max": "14,5",
    "places": "1",
    "occupation": BAKER.code,
    "description": "Du pakker brød.",
    "shortcuts": ["weekday_mornings"],
}
POSTING = {
    "@type": "JobPosting",
    "title": "Køkkenmedhjælper <b>",
    "description": "<p>Rør i gryderne</p>",
    "hiringOrganization": {"name": "Kantinen"},
    "identifier": "K-17",
    "validThrough": "2020-01-01",
}


@pytest.fixture
def house() -> SimpleNamespace:
    team = organisations.team()
    jonas = employers.job_broker(team=team)
    company = employers.company(team=team, broker=jonas)
    place = employers.workplace(company=company, x=724.0, y=6175.0, postcode="2300", city="København S")
    bente = employers.employer_user(company=company)
    return SimpleNamespace(team=team, jonas=jonas, company=company, place=place, bente=bente)


def visitor(user: object = None) -> Client:
    made = Client()
    made.cookies["django_language"] = "en"
    return log_in(made, user) if user else made


@pytest.fixture
def client(house) -> Client:
    return visitor(house.jonas)


def text(response) -> str:
    return html.unescape(response.content.decode())


def seen_in(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def now(house, row: Opening) -> Opening:
    with acting(house.jonas):
        return Opening.objects.get(pk=row.pk)


def test_a_job_is_written_confirmed_and_opened(client: Client, house) -> None:
    add = reverse("opening_add", args=[house.place.pk])
    assert "ticked" in text(client.get(add))
    response = client.post(add, {**FORM, "save": "1"})
    assert response.status_code == 302
    with acting(house.jonas):
        row = Opening.objects.get()
    assert (row.title, row.hours_max, row.slots) == (FORM["title"], Decimal("14.5"), jobs.MORNINGS)
    assert row.demand_source == OpeningDemand.OCCUPATION and row.measures == []
    page = text(client.get(response["Location"]))
    assert "prefilled" in page and BAKER.title not in row.title
    demand = reverse("opening_demand", args=[row.pk])
    assert client.post(demand, {"act": "as_is", "seen": seen_in(page)}).status_code == 302
    assert now(house, row).demand_source == OpeningDemand.CONFIRMED
    move = reverse("opening_state", args=[row.pk, "open"])
    assert client.post(move, {"seen": seen_in(text(client.get(move)))}).status_code == 302
    assert now(house, row).state == OpeningState.OPEN
    assert "confirmed" in text(client.get(reverse("opening", args=[row.pk])))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "Write what the job is called"),
        ({"hours_min": "20"}, "fewest hours first"),
        ({"hours_min": "NaN"}, "Write a number"),
        ({"hours_max": "1e400"}, "digits"),
        ({"hours_max": "61"}, "at most 60 hours"),
        ({"hours_max": "12,25"}, "at most one decimal"),
        ({"shortcuts": [], "slots": ["mon_am"]}, "hold at most 4 hours"),
        ({"slots": ["mon_noon"]}, "Select a valid choice"),
        ({"places": "0"}, "from 1 to 10,000"),
        ({"places": "1000"}, "Tick that the number is right"),
        ({"places": "99999", "is_many": "on"}, "from 1 to 10,000"),
        ({"places": "mange"}, "from 1 to 10,000"),
        ({"occupation": "nonsense"}, "Select a valid choice"),
        ({"payer_0": ["nonsense"]}, "Select a valid choice"),
        ({"closes_on": "i går"}, "Write a date such as 31.12.2027"),
        ({"starts_on": "2027-01-01", "closes_on": "2027-02-01"}, "Look at the two days"),
        ({"description": "Ring til 010190-1234"}, "CPR number"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(client: Client, house, change, told: str) -> None:
    typed = {**FORM, "wage_text": "Efter overenskomst", **change, "save": "1"}
    response = client.post(reverse("opening_add", args=[house.place.pk]), typed)
    assert response.status_code == 422
    page = text(response)
    assert told in page and "Efter overenskomst" in page
    with acting(house.jonas):
        assert not Opening.objects.exists()


def test_so_many_people_are_asked_about_once(client: Client, house) -> None:
    typed = {**FORM, "places": "10000", "is_many": "on", "save": "1"}
    assert client.post(reverse("opening_add", args=[house.place.pk]), typed).status_code == 302


def test_looking_for_an_occupation_saves_nothing_and_loses_nothing(client: Client, house) -> None:
    typed = {**FORM, "occupation": "", "words": BAKER.title, "payer_0": ["flexible_hours"], "find": "1"}
    response = client.post(reverse("opening_add", args=[house.place.pk]), typed)
    page = text(response)
    assert response.status_code == 200 and f'value="{BAKER.code}"' in page and "Du pakker brød." in page
    with acting(house.jonas):
        assert not Opening.objects.exists()


def test_a_change_of_somebody_else_is_told_and_the_typed_is_kept(client: Client, house) -> None:
    row = draft_opening(workplace=house.place)
    change = reverse("opening_change", args=[row.pk])
    seen = seen_in(text(client.get(change)))
    run("update jobs_opening set changed_at = changed_at + interval '1 hour' where id = $1::uuid", value=row.pk)
    response = client.post(change, {**FORM, "title": "Mit navn", "seen": seen, "save": "1"})
    assert response.status_code == 409 and "Mit navn" in text(response)
    again = client.post(change, {**FORM, "title": "Mit navn", "seen": seen_in(text(response)), "save": "1"})
    assert again.status_code == 302 and now(house, row).title == "Mit navn"


def test_a_place_on_no_map_is_told_before_and_after(client: Client, house) -> None:
    place = employers.workplace(company=house.company, name="Et sted")
    add = reverse("opening_add", args=[place.pk])
    assert reverse("workplace_change", args=[place.pk]) in text(client.get(add))
    response = client.post(add, {**FORM, "save": "1"})
    assert response.status_code == 422 and "no postcode" in text(response)


def test_a_draft_without_levels_cannot_be_opened(client: Client, house) -> None:
    row = draft_opening(workplace=house.place)
    move = reverse("opening_state", args=[row.pk, "open"])
    response = client.post(move, {"seen": seen_in(text(client.get(move)))})
    assert response.status_code == 422 and "Nobody has said yet" in text(response)


def test_levels_say_how_sure_they_are_until_they_are_confirmed(client: Client, house) -> None:
    row = prefilled_opening(workplace=house.place, occupation=BAKER.code, demand=dict(BAKER.levels))
    page = text(client.get(reverse("opening_demand", args=[row.pk])))
    assert "fairly sure" in page or "roughly" in page or "a guess" in page
    levels = {"standing": "3", "seen": seen_in(page)}
    assert client.post(reverse("opening_demand", args=[row.pk]), levels).status_code == 302
    assert now(house, row).demand == {"standing": 3}
    stale = client.post(reverse("opening_demand", args=[row.pk]), levels)
    assert stale.status_code == 409 and "Nothing was overwritten" in text(stale)


def test_levels_can_begin_from_an_occupation(client: Client, house) -> None:
    row = draft_opening(workplace=house.place)
    address = reverse("opening_demand", args=[row.pk])
    page = text(client.get(address, {"q": BAKER.title}))
    assert f'value="{BAKER.code}"' in page
    typed = {"act": "begin", "origin": BAKER.code, "seen": seen_in(page)}
    assert client.post(address, typed).status_code == 302
    assert now(house, row).demand_source == OpeningDemand.OCCUPATION


def test_the_list_keeps_its_filters_in_the_address(client: Client, house) -> None:
    opening(workplace=house.place, title="Pakke brød", closes_on=TODAY + timedelta(days=2))
    prefilled_opening(workplace=house.place, title="Feje gulv")
    opening(title="Et fremmed job")
    address = reverse("openings")
    everything = text(client.get(address))
    assert everything.index("Pakke brød") < everything.index("Feje gulv") and "Et fremmed job" not in everything
    assert "Feje gulv" not in text(client.get(address, {"show": "closing"}))
    assert "Pakke brød" not in text(client.get(address, {"show": "unconfirmed"}))
    assert "No job fits" in text(client.get(address, {"q": "xyz"}))
    assert client.get(address, {"workplace": "nonsense"}).status_code == 404
    assert client.get(address, {"show": "nonsense", "page": "99999999999"}).status_code == 200
    assert client.get(address, {"page": "4"}).status_code == 200
    assert reverse("opening_add", args=[house.place.pk]) in text(client.get(address, {"workplace": house.place.pk}))


def test_a_long_list_has_a_next_page(client: Client, house) -> None:
    for number in range(52):
        opening(workplace=house.place, title=f"Job {number}")
    first = text(client.get(reverse("openings")))
    assert 'rel="next"' in first and 'rel="prev"' not in first
    assert 'rel="prev"' in text(client.get(reverse("openings"), {"page": "2"}))


def test_the_company_writes_and_opens_its_own_job(house) -> None:
    bente = visitor(house.bente)
    ours = text(bente.get(reverse("our_openings")))
    add = reverse("opening_add", args=[house.place.pk])
    assert add in ours and "It takes a few minutes" in ours
    assert bente.post(add, {**FORM, "save": "1"}).status_code == 302
    with acting(house.bente):
        row = Opening.objects.get()
    assert row.origin == OpeningOrigin.EMPLOYER
    assert row.title in text(bente.get(reverse("our_openings")))
    assert "people_for" not in text(bente.get(reverse("opening", args=[row.pk])))
    assert bente.get(reverse("openings")).status_code == 403


def test_another_company_and_another_municipality_find_no_draft(house) -> None:
    row = draft_opening(workplace=house.place)
    carl = visitor(employers.employer_user(company=employers.company(team=house.team, broker=house.jonas)))
    stranger = visitor(employers.job_broker())
    for who in (carl, stranger):
        for name in ("opening", "opening_change", "opening_demand"):
            assert who.get(reverse(name, args=[row.pk])).status_code == 404
        assert who.post(reverse("opening_state", args=[row.pk, "close"]), {}).status_code == 404
        assert who.get(reverse("opening_add", args=[house.place.pk])).status_code == 404
    public = opening(workplace=house.place)
    seen = text(stranger.get(reverse("opening", args=[public.pk])))
    assert public.title in seen and reverse("opening_change", args=[public.pk]) not in seen
    assert stranger.get(reverse("opening_demand", args=[public.pk])).status_code == 404
    assert carl.get(reverse("opening", args=[public.pk])).status_code == 404


def test_who_reads_and_does_not_write_gets_no_buttons(house) -> None:
    row = opening(workplace=house.place)
    kim = visitor(accounts.employee(role=Role.KEY_PERSON, team=house.team))
    page = text(kim.get(reverse("opening", args=[row.pk])))
    assert row.title in page and reverse("opening_change", args=[row.pk]) not in page
    assert kim.get(reverse("opening_change", args=[row.pk])).status_code == 403
    assert kim.post(reverse("opening_demand", args=[row.pk]), {"act": "as_is"}).status_code == 403


def test_an_agreed_carved_job_is_opened_from_its_page(client: Client, house) -> None:
    task = jobs.confirmed_task(workplace=house.place, holder=jobs.holder(workplace=house.place))
    job = jobs.carved_job(workplace=house.place, tasks=(task,), state=CarvedState.AGREED)
    run("update jobs_carvedjob set demand = '{\"standing\": 2}' where id = $1::uuid", value=job.pk)
    page = text(client.get(reverse("carved_job", args=[job.pk])))
    address = reverse("carved_job_open", args=[job.pk])
    assert address in page
    assert client.get(address).status_code == 302
    assert client.post(address, {"seen": "old"})["Location"] == reverse("carved_job", args=[job.pk])
    response = client.post(address, {"seen": seen_in(page)})
    with acting(house.jonas):
        row = Opening.objects.get()
    assert response["Location"] == reverse("opening", args=[row.pk])
    after = text(client.get(reverse("carved_job", args=[job.pk])))
    assert reverse("opening", args=[row.pk]) in after and address not in after
    change = text(client.get(reverse("opening_change", args=[row.pk])))
    assert "come from its tasks" in change and 'name="hours_min"' not in change
    assert "come from the" not in text(visitor(house.bente).get(reverse("opening", args=[row.pk])))


def test_the_company_changes_nothing_of_what_is_kept_for_somebody(house) -> None:
    task = jobs.confirmed_task(workplace=house.place)
    row = carved_opening(job=jobs.carved_job(workplace=house.place, tasks=(task,), state=CarvedState.AGREED))
    bente = visitor(house.bente)
    page = text(bente.get(reverse("opening", args=[row.pk])))
    # That it is kept for somebody would tell the company that there is somebody.
    assert "kept for one person" not in page and reverse("opening_change", args=[row.pk]) not in page
    assert "Ring your contact" in page and "kept for one person" not in text(bente.get(reverse("our_openings")))
    assert bente.get(reverse("opening_change", args=[row.pk])).status_code == 403


def _file(content: object, name: str = "opslag.json") -> dict[str, object]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return {"file": SimpleUploadedFile(name, data)}


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found if name not in ("csrfmiddlewaretoken", "form_token")}


def test_a_posting_is_looked_at_filled_in_and_becomes_a_draft(client: Client, house) -> None:
    address = reverse("posting_upload", args=[house.place.pk])
    looked = client.post(address, _file(POSTING))
    raw, page = looked.content.decode(), text(looked)
    assert looked.status_code == 200
    assert "Hours a week" in page and "The posting is from Kantinen" in page and "has passed" in page
    assert "<b></h2>" not in raw
    with acting(house.jonas):
        assert not Opening.objects.exists()
    taken = client.post(address, {**_hidden(raw), "take": "1"})
    assert taken.status_code == 200 and "Rør i gryderne" in text(taken)
    again = client.post(address, {**FORM, "source_id": "K-17", "hours_min": "", "save": "1"})
    assert again.status_code == 422
    saved = client.post(address, {**FORM, "source_id": "K-17", "save": "1"})
    assert saved.status_code == 302
    with acting(house.jonas):
        row = Opening.objects.get()
    assert (row.origin, row.source_id, row.state) == (OpeningOrigin.POSTING, "K-17", OpeningState.DRAFT)
    twice = client.post(address, {**FORM, "source_id": "K-17", "save": "1"})
    assert twice.status_code == 422 and "has been read already" in text(twice)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "There is nothing in the file"),
        (b"<html>hej</html>", "no job posting in the file"),
        (b'{"@type": "JobPosting",\n"title": "K', "line 2"),
        (b'{"@type": "JobPosting",\n"workHours": NaN}', "line 2"),
        ([POSTING] * 51, "more than 50"),
        (b" " * 1_000_001, "larger than 1 MB"),
    ],
    ids=["empty", "page", "cut", "nan", "many", "large"],
)
def test_files_that_cannot_be_read_are_told_why(client: Client, house, content: object, told: str) -> None:
    response = client.post(reverse("posting_upload", args=[house.place.pk]), _file(content))
    assert response.status_code == 422 and told in text(response)


def test_no_file_is_asked_for(client: Client, house) -> None:
    response = client.post(reverse("posting_upload", args=[house.place.pk]), {})
    assert response.status_code == 422 and "Choose a file" in text(response)


def test_everybody_reads_public_jobs_and_nothing_is_stored(house, django_assert_num_queries) -> None:
    row = opening(workplace=house.place, is_public=True, title="Pakke </script><b> & brød", description="Vi <bager>")
    opening(workplace=house.place, title="Kun for kommunen")
    anybody = visitor()
    with django_assert_num_queries(5):
        listed = anybody.get(reverse("public_jobs"))
    assert "Pakke" in text(listed) and "Kun for kommunen" not in text(listed)
    shown = anybody.get(reverse("public_job", args=[row.pk]))
    raw = shown.content.decode()
    assert 'name="robots"' not in raw and "sessionid" not in shown.cookies
    data = raw.split('<script type="application/ld+json">')[1].split("</script>")[0]
    posting = json.loads(data)
    assert posting["title"] == row.title and posting["description"] == "Vi <bager>"
    assert (posting["@type"], posting["employmentType"], posting["totalJobOpenings"]) == ("JobPosting", "PART_TIME", 1)
    assert posting["jobLocation"]["address"]["postalCode"] == "2300"
    assert "validThrough" not in posting and "demand" not in raw
    for gone in (draft_opening(workplace=house.place, is_public=True), opening(workplace=house.place)):
        assert anybody.get(reverse("public_job", args=[gone.pk])).status_code == 404


def test_public_jobs_are_searched(house) -> None:
    opening(workplace=house.place, is_public=True, title="Pakke brød")
    anybody = visitor()

    def found(**asked: str) -> bool:
        return "Pakke brød" in text(anybody.get(reverse("public_jobs"), asked))

    assert found(q="brød") and found(town="2300") and found(hours="10,0") and found(page="1")
    assert not found(q="svejse") and not found(town="Aarhus") and not found(hours="5") and not found(page="2")
    assert anybody.get(reverse("public_jobs"), {"hours": "NaN"}).status_code == 422
    assert anybody.get(reverse("public_jobs"), {"q": "\x00"}).status_code in (200, 422)


def test_a_citizen_reads_public_jobs_in_easy_words(house) -> None:
    row = opening(workplace=house.place, is_public=True)
    anna = citizens.citizen(team=house.team, lead=house.jonas, has_login=True)
    page = visitor(anna.user)
    page.cookies["jobbro_easy"] = "1"
    assert page.get(reverse("public_job", args=[row.pk])).status_code == 200
    assert page.get(reverse("opening", args=[row.pk])).status_code == 403


QUERIES = {"openings": 10, "opening": 12, "opening_add": 9, "opening_change": 10, "opening_demand": 12}


def test_queries_do_not_grow(client: Client, house, django_assert_num_queries) -> None:
    rows = [opening(workplace=house.place, title=f"Job {number}") for number in range(12)]
    addresses = {
        "openings": reverse("openings"),
        "opening": reverse("opening", args=[rows[0].pk]),
        "opening_add": reverse("opening_add", args=[house.place.pk]),
        "opening_change": reverse("opening_change", args=[rows[0].pk]),
        "opening_demand": reverse("opening_demand", args=[rows[0].pk]),
    }
    client.get(addresses["opening"])
    for name, address in addresses.items():
        with django_assert_num_queries(QUERIES[name]):
            assert client.get(address).status_code == 200
