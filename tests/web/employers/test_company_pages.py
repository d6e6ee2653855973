"""The pages of companies: who reads, who writes, what a form promises, and what comes back when it cannot be."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.employers.enums import PartnerState
from jobbro.apps.employers.models import Company, ContactPerson, Promise, RecruitmentNeed, Talk, Workplace
from jobbro.apps.jobs.enums import CarvedState
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.rows import run

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@dataclass
class Scene:
    """A company, its broker and a browser."""

    broker: User
    company: Company
    desk: Client

    @property
    def file(self) -> str:
        return url("employer", self.company.pk)

    def as_broker(self):
        return acting_as(self.broker.pk)


def in_english(user: User) -> Client:
    client = accounts.log_in(Client(), user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def scene() -> Scene:
    broker = employers.job_broker()
    return Scene(broker=broker, company=employers.company(broker=broker), desk=in_english(broker))


def url(name: str, *values: object) -> str:
    return reverse(name, args=values)


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(answer)))


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]*)"', answer.content.decode())[1]


def full(company: Company) -> dict[str, object]:
    """One of everything."""
    place = employers.workplace(company=company)
    return {
        "workplace_id": place.pk,
        "contact_id": employers.contact(company=company, workplace=place).pk,
        "promise_id": employers.promise(company=company, due_on=TODAY - timedelta(days=3)).pk,
        "agreement_id": employers.agreement(company=company).pk,
        "need_id": employers.need(company=company).pk,
    }


PAGES = (
    *("employer", "employer_change", "employer_state", "workplace_add", "contact_add", "talk_add"),
    *("yearly_talk_add", "promise_add", "agreement_add", "need_add"),
)
ROWS = {
    "workplace": "workplace_id",
    "workplace_change": "workplace_id",
    "contact_change": "contact_id",
    "contact_end": "contact_id",
    "contact_invite": "contact_id",
    "promise_end": "promise_id",
    "agreement_end": "agreement_id",
    "need_end": "need_id",
}
READ = ("employers", "employer", "workplace")


def all_pages(company: Company) -> dict[str, str]:
    ids = full(company)
    return {
        "employers": url("employers"),
        "employer_add": url("employer_add"),
        **{name: url(name, company.pk) for name in PAGES},
        **{name: url(name, ids[key]) for name, key in ROWS.items()},
    }


# ---- Who may ----


def test_every_page_opens_for_the_broker(scene):
    employers.talk(company=scene.company, held_on=TODAY)
    employers.yearly_talk(company=scene.company, held_on=TODAY)
    for name, address in all_pages(scene.company).items():
        assert scene.desk.get(address).status_code == 200, name


@pytest.mark.parametrize("role", [Role.KEY_PERSON, Role.ADMINISTRATOR])
def test_those_who_advise_and_administer_read(scene, role):
    with scene.as_broker():
        team = scene.company.team
    client = in_english(accounts.employee(role=role, team=team))
    for name, address in all_pages(scene.company).items():
        assert client.get(address).status_code == (200 if name in READ else 403), name
    page = main_of(client.get(scene.file))
    assert "/add/" not in page and "/change/" not in page


def test_another_municipality_finds_nothing(scene):
    stranger = in_english(employers.job_broker(team=organisations.team(), name="Fremmed"))
    for name, address in all_pages(scene.company).items():
        if name in ("employers", "employer_add"):
            continue
        assert stranger.get(address).status_code == 404, name
        assert stranger.post(address, {}).status_code in (404, 405), name
    assert scene.company.name not in stranger.get(url("employers") + "?state=all").content.decode()


def test_an_analyst_a_citizen_and_the_company_itself_have_nothing_here(scene):
    with scene.as_broker():
        team = scene.company.team
    analyst = accounts.employee(role=Role.ANALYST, team=team)
    citizen = citizens.citizen(team=team, lead=scene.broker, has_login=True).user
    addresses = all_pages(scene.company)
    other = employers.company(broker=scene.broker, name="Gartneriet")
    own = employers.employer_user(company=other)
    for user in (analyst, citizen, own):
        client = in_english(user)
        for name, address in addresses.items():
            assert client.get(address).status_code == 403, (user.kind, name)
            assert client.post(address, {}).status_code in (403, 405), (user.kind, name)


# ---- The list ----


def test_own_teams_stand_first_and_filters_narrow(scene):
    with scene.as_broker():
        team = scene.company.team
    colleague = employers.job_broker(team=organisations.team(unit=team.unit, name="Team Å"), name="Åse")
    employers.company(broker=colleague, name="Aben")
    closed = employers.company(broker=colleague, name="Lukket", state=PartnerState.CLOSED)
    employers.need(company=scene.company)
    employers.talk(company=scene.company, held_on=TODAY)

    def names(query: str = "") -> list[str]:
        return re.findall(
            r'<th scope="row">\s*<a href="[^"]+">([^<]+)', main_of(scene.desk.get(url("employers") + query))
        )

    assert names() == ["Bageriet Kornblomst", "Aben"]
    assert names("?state=all") == ["Bageriet Kornblomst", "Aben", "Lukket"]
    assert names("?state=closed") == [closed.name]
    assert names("?need=on") == ["Bageriet Kornblomst"]
    assert names("?quiet=4") == ["Aben"]
    assert names("?text=kornb") == ["Bageriet Kornblomst"]
    assert names(f"?text={scene.company.cvr}") == ["Bageriet Kornblomst"]
    assert names("?team=junk&quiet=5&page=x") == ["Bageriet Kornblomst", "Aben"]
    assert names(f"?team={team.pk}") == ["Bageriet Kornblomst"]
    assert "No company with these filters" in words_of(scene.desk.get(url("employers") + "?text=zzz"))


def test_an_empty_list_says_how_to_begin():
    page = words_of(in_english(employers.job_broker()).get(url("employers")))
    assert "No companies yet" in page and "Add a company" in page


# ---- A new company ----


def holder_of(answer) -> str:
    return re.search(r'<option value="([^"]+)" selected', main_of(answer))[1]


def test_a_company_is_added_and_nobody_adds_it_twice(scene):
    number = employers.cvr()
    page = scene.desk.get(url("employer_add"))
    form = {"cvr": f"{number[:2]} {number[2:4]} {number[4:6]} {number[6:]}", "name": "Gartneriet", "sector": "private"}
    form["holder"] = holder_of(page)
    answer = scene.desk.post(url("employer_add"), form)
    with scene.as_broker():
        company = Company.objects.get(cvr=number)
        assert (company.state, company.broker_id, company.state_on) == ("new", scene.broker.pk, TODAY)
    assert answer.headers["Location"] == url("employer", company.pk)
    again = scene.desk.post(url("employer_add"), {**form, "name": "Gartneriet igen"})
    assert again.status_code == 422
    assert "Gartneriet is a partner already. Jonas Bro in Team Havn holds the relation." in words_of(again)
    assert url("employer", company.pk) in main_of(again)
    assert "Gartneriet igen" in main_of(again)


@pytest.mark.parametrize(
    ("cvr", "told"),
    [("1234567", "eight digits"), ("12345678", "The last digit does not fit"), ("abcdefgh", "eight digits")],
)
def test_a_wrong_cvr_number_is_told_in_a_sentence(scene, cvr, told):
    form = {
        "cvr": cvr,
        "name": "Gartneriet",
        "sector": "private",
        "holder": holder_of(scene.desk.get(url("employer_add"))),
    }
    answer = scene.desk.post(url("employer_add"), form)
    assert answer.status_code == 422
    assert told in words_of(answer) and f'value="{cvr}"' in main_of(answer)


def test_everything_that_is_wrong_with_a_new_company_is_told_at_once(scene):
    form = {
        "cvr": "12345678",
        "name": "",
        "sector": "private",
        "holder": holder_of(scene.desk.get(url("employer_add"))),
        "phone": "1234",
        "email": "kornblomst",
        "website": "min side",
    }
    answer = scene.desk.post(url("employer_add"), form)
    assert answer.status_code == 422
    words = words_of(answer)
    for told in (
        "The last digit does not fit",
        "Write a few words.",
        "A Danish telephone number has eight digits",
        "An e-mail address looks like",
        "An address looks like www.company.dk.",
    ):
        assert words.count(told) == 2, told
    for kept in ("12345678", "1234", "kornblomst", "min side"):
        assert f'value="{kept}"' in main_of(answer)


def test_ways_to_reach_a_company_are_kept_as_we_write_them(scene):
    page = scene.desk.get(url("employer_change", scene.company.pk))
    form = {"name": "Kornblomst", "sector": "private", "holder": holder_of(page), "seen": seen_on(page)}
    scene.desk.post(url("employer_change", scene.company.pk), {**form, "phone": "004512345678", "website": "bager.dk"})
    with scene.as_broker():
        company = Company.objects.get(pk=scene.company.pk)
    assert (company.phone, company.website) == ("12 34 56 78", "https://bager.dk")
    wrong = scene.desk.post(url("contact_add", scene.company.pk), {"name": "Bente Bager", "phone": "ring bare"})
    assert wrong.status_code == 422 and "eight digits" in words_of(wrong)
    scene.desk.post(url("contact_add", scene.company.pk), {"name": "Bente Bager", "phone": "+46 8 123 456"})
    with scene.as_broker():
        assert ContactPerson.objects.get().phone == "+46 8 123 456"


# ---- Two at once ----


def test_a_company_changed_meanwhile_keeps_what_was_typed(scene):
    page = scene.desk.get(url("employer_change", scene.company.pk))
    form = {"name": "Kornblomst", "sector": "private", "holder": holder_of(page), "seen": seen_on(page)}
    with scene.as_broker():
        Company.objects.filter(pk=scene.company.pk).update(trade="bageri")
    answer = scene.desk.post(url("employer_change", scene.company.pk), form)
    assert answer.status_code == 409
    assert 'value="Kornblomst"' in main_of(answer)
    again = scene.desk.post(url("employer_change", scene.company.pk), {**form, "seen": seen_on(answer)})
    assert again.headers["Location"] == scene.file


# ---- Closed ----


def test_a_closed_company_begins_nothing_and_loses_nothing(scene):
    ids = full(scene.company)
    state = scene.desk.get(url("employer_state", scene.company.pk))
    assert "Ringe om mandagen" in main_of(state) and "Hjælp til opvasken" in main_of(state)
    scene.desk.post(url("employer_state", scene.company.pk), {"move": "close", "note": "", "seen": seen_on(state)})
    page = scene.desk.get(scene.file)
    assert "The company has closed" in words_of(page)
    assert "Ringe om mandagen" in main_of(page) and "Hjælp til opvasken" in main_of(page)
    for name in ("need_add", "promise_add", "agreement_add", "workplace_add", "contact_add"):
        assert url(name, scene.company.pk) not in main_of(page)
        assert "Nothing new can be begun here" in words_of(scene.desk.get(url(name, scene.company.pk)))
    barred = scene.desk.post(url("need_add", scene.company.pk), {"title": "Bager", "places": "1"})
    assert barred.status_code == 422
    done = scene.desk.post(url("promise_end", ids["promise_id"]), {"state": "kept", "ended_on": str(TODAY)})
    assert done.headers["Location"] == scene.file


# ---- What was said and promised ----


def test_a_talk_is_written_for_both_or_for_colleagues(scene):
    form = {"kind": "visit", "held_on": str(TODAY), "text": "Vi så på opvasken."}
    assert scene.desk.post(url("talk_add", scene.company.pk), form).headers["Location"] == scene.file
    with scene.as_broker():
        assert Talk.objects.get().is_shared is False
    page = words_of(scene.desk.get(scene.file))
    assert "Vi så på opvasken." in page and "for colleagues only" in page


def test_a_number_of_a_citizen_stays_out(scene):
    form = {"kind": "visit", "held_on": str(TODAY), "text": "Om 010190-1234."}
    answer = scene.desk.post(url("talk_add", scene.company.pk), form)
    assert answer.status_code == 422
    assert "looks like a CPR number" in words_of(answer) and "Om 010190-1234." in main_of(answer)


def test_a_promise_is_dropped_with_a_reason(scene):
    promise = employers.promise(company=scene.company, due_on=TODAY)
    address, form = url("promise_end", promise.pk), {"state": "dropped", "ended_on": str(TODAY)}
    answer = scene.desk.post(address, form)
    assert answer.status_code == 422 and "Write why it was dropped" in words_of(answer)
    scene.desk.post(address, {**form, "note": "Butikken flytter."})
    with scene.as_broker():
        assert Promise.objects.get().state == "dropped"
    assert "1 dropped by agreement" in words_of(scene.desk.get(scene.file))
    late = scene.desk.post(address, {"state": "kept", "ended_on": str(TODAY)})
    assert late.headers["Location"] == scene.file
    assert "It has ended already" in scene.desk.get(scene.file).content.decode()


def test_a_new_version_ends_the_old_agreement(scene):
    old = employers.agreement(company=scene.company)
    page = scene.desk.get(url("agreement_add", scene.company.pk) + f"?replaces={old.pk}")
    assert f'<option value="{old.pk}" selected' in main_of(page)
    form = {
        "title": "Fire besøg om året",
        "text": "Hvert kvartal",
        "agreed_with": "Bente Bager",
        "agreed_on": str(TODAY),
        "from_on": str(TODAY),
        "until_on": "",
        "replaces": str(old.pk),
    }
    scene.desk.post(url("agreement_add", scene.company.pk), form)
    page = words_of(scene.desk.get(scene.file))
    assert "Earlier agreements (1)" in page and "Fire besøg om året" in page


def test_a_need_finds_its_occupation(scene):
    address = url("need_add", scene.company.pk)
    typed = {"title": "bager", "places": "2", "hours_max": "7,5", "find": "on"}
    asked = scene.desk.post(address, typed)
    assert asked.status_code == 200
    code = re.search(r'name="occupation" value="([^"]+)"', main_of(asked))[1]
    assert 'value="7,5"' in main_of(asked)
    scene.desk.post(address, {"title": "bager", "places": "2", "hours_max": "7,5", "occupation": code})
    with scene.as_broker():
        need = RecruitmentNeed.objects.get()
        assert (need.occupation, need.places, str(need.hours_max)) == (code, 2, "7.5")
    assert "7.5 hours a week" in words_of(scene.desk.get(scene.file))


def test_a_workplace_tells_its_week_and_what_it_offers(scene):
    address = url("workplace_add", scene.company.pk)
    form = {"name": "Torvet", "p_number": "1 012 345 678", "slot_hours": "3,5", "slots": ["mon_am", "tue_am"]}
    wrong = scene.desk.post(address, {**form, "p_number": "123"})
    assert wrong.status_code == 422 and "ten digits" in words_of(wrong)
    answer = scene.desk.post(address, {**form, "features": ["quiet_room"], "postcode": "9990", "city": "Skagen"})
    assert answer.headers["Location"] == scene.file
    with scene.as_broker():
        place = Workplace.objects.get()
        assert (place.p_number, str(place.slot_hours), place.slots) == ("1012345678", "3.50", ["mon_am", "tue_am"])
    page = words_of(scene.desk.get(url("workplace", place.pk)))
    assert "A quiet room" in page and "A half-day has 3.5 hours." in page
    change = scene.desk.get(url("workplace_change", place.pk))
    group = re.search(r'name="(measures_\d+)" value="quiet_room"', main_of(change))[1]
    scene.desk.post(url("workplace_change", place.pk), {**form, group: ["quiet_room"], "seen": seen_on(change)})
    with scene.as_broker():
        assert Workplace.objects.get().measures == ["quiet_room"]


# ---- Contacts ----


def test_a_contact_gets_a_login_that_ends_with_them(scene):
    form = {"name": "Bente Bager", "phone": "12 34 56 78", "is_first": "on"}
    scene.desk.post(url("contact_add", scene.company.pk), form)
    with scene.as_broker():
        contact = ContactPerson.objects.get()
    answer = scene.desk.post(url("contact_invite", contact.pk))
    name = re.search(r"<code>(virksomhed-[0-9a-f]{8})</code>", main_of(answer))[1]
    assert f"Has a login: {name}" in words_of(scene.desk.get(scene.file))
    with scene.as_broker():
        user = ContactPerson.objects.select_related("user").get().user
    with accounts.acting(user) as actor:
        assert actor.companies == (scene.company.pk,)
    scene.desk.post(url("contact_end", contact.pk), {"when": "now"})
    with accounts.acting(user) as actor:
        assert actor.companies == ()


def test_one_contact_is_rung_first(scene):
    employers.contact(company=scene.company)
    scene.desk.post(url("contact_add", scene.company.pk), {"name": "Ole", "is_first": "on"})
    with scene.as_broker():
        assert list(ContactPerson.objects.filter(is_first=True).values_list("name", flat=True)) == ["Ole"]


# ---- Promises at home, and the menu ----


def test_due_promises_stand_at_home(scene):
    employers.promise(company=scene.company, due_on=TODAY - timedelta(days=2), text="Sende planen")
    employers.promise(company=scene.company, due_on=TODAY + timedelta(days=60), text="Fejre jul")
    page = words_of(scene.desk.get(url("home")))
    assert "Sende planen" in page and "Fejre jul" not in page


def test_answers_to_proposals_stand_at_home_for_two_weeks(scene):
    place = employers.workplace(company=scene.company)
    states = {
        "Bagerhjælp": (CarvedState.AGREED, 3),
        "Opvask": (CarvedState.DECLINED, 13),
        "For længst": (CarvedState.AGREED, 14),
        "Uden svar": (CarvedState.PROPOSED, 1),
    }
    for title, (state, ago) in states.items():
        job = jobs.carved_job(workplace=place, state=state, title=title)
        run(f"update jobs_carvedjob set state_on = '{TODAY - timedelta(days=ago)}' where id = $1::uuid", value=job.pk)
    page = scene.desk.get(url("home"))
    answers = re.search(r'id="answers".*?</section>', main_of(page), re.DOTALL)[0]
    assert [answer.title for answer in page.context["home"].answers] == ["Bagerhjælp", "Opvask"]
    assert "Bente Bager" in answers and "not now" in answers
    far = in_english(employers.job_broker())
    assert "Bagerhjælp" not in main_of(far.get(url("home")))


# ---- Queries ----


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_number_of_queries_is_pinned_and_does_not_grow(scene):
    """Each page has the same few whatever there is to show; ten of the file's are its own, eight of the list's."""
    place = full(scene.company)["workplace_id"]
    pinned = {scene.file: 19, url("employers"): 16, url("workplace", place): 10}
    scene.desk.get(scene.file)
    for nth in range(3):
        employers.talk(company=scene.company, held_on=TODAY - timedelta(days=nth))
        employers.promise(company=scene.company, due_on=TODAY)
        employers.need(company=scene.company)
        employers.workplace(company=scene.company, name=f"Afdeling {nth}")
        employers.company(broker=scene.broker, name=f"Nr. {nth}")
    assert {address: queries_of(scene.desk, address) for address in pinned} == pinned


# ---- As it looks ----


def without_chance(page: str) -> str:
    """The main region without ids, days and keys that are new each time."""
    page = re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID", page)
    page = re.sub(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d+ \w+ \d{4}", "DAY", page)
    page = re.sub(r'(csrfmiddlewaretoken|seen)" value="[^"]*"', r'\1" value="KEY"', page)
    return "\n".join(line.strip() for line in page.splitlines() if line.strip())


@pytest.mark.parametrize("name", ["employers", "employer", "workplace", "employer_state"])
def test_the_page_looks_as_it_did(scene, name, snapshot):
    with scene.as_broker():
        Company.objects.filter(pk=scene.company.pk).update(cvr="12345674", trade="Bageri")
    addresses = all_pages(scene.company)
    employers.talk(company=scene.company, held_on=TODAY)
    employers.talk(company=scene.company, held_on=TODAY - timedelta(days=7), is_shared=False)
    employers.yearly_talk(company=scene.company, held_on=TODAY)
    assert without_chance(main_of(scene.desk.get(addresses[name]))) == snapshot
