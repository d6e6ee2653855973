"""The caseload, the file, search and urgent access, as a browser sees them."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Purpose
from jobbro.apps.cases.enums import MemberRole, State
from jobbro.apps.cases.models import BreakGlass, Case, CaseMember, Note
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, cases, citizens, organisations
from tests.factories.bakery import Bakery
from tests.factories.looks import looks_by
from tests.factories.rows import run

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def worker(team):
    return accounts.employee(team=team)


@pytest.fixture
def browser(client, worker):
    return accounts.log_in(client, worker)


def _text(response):
    body = response.content.decode()
    main = re.search(r"<main.*?</main>", body, re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group() if main else body))


def test_the_caseload_lists_own_citizens_and_logs_the_list(browser, team, worker):
    citizen = citizens.citizen(team=team, lead=worker)
    foreign = citizens.citizen(given_name="Fremmed")
    response = browser.get(reverse("caseload"))
    assert response.status_code == 200
    assert "Anna Lund" in _text(response)
    assert "Fremmed" not in response.content.decode()
    look = looks_by(worker)[-1]
    assert (look.view, look.kind, look.citizen_ids) == ("caseload", "list", [citizen.pk])
    assert foreign.pk not in look.citizen_ids


@pytest.mark.parametrize(
    "query",
    ["?who=x&team=y&which=z&due=1&sort=2&size=9999&page=0", "?page=99999", "?who=all&quiet=on&due=week&size=100"],
)
def test_any_filter_in_the_address_gives_a_page(browser, query):
    assert browser.get(reverse("caseload") + query).status_code == 200


def test_the_caseload_asks_the_database_the_same_whatever_the_data(
    browser, team, worker, django_assert_max_num_queries
):
    for _ in range(40):
        citizens.citizen(team=team, lead=worker)
    browser.get(reverse("caseload"))
    with django_assert_max_num_queries(18) as few:
        browser.get(reverse("caseload"))
    with django_assert_max_num_queries(len(few.captured_queries)):
        response = browser.get(reverse("caseload") + "?size=100")
    assert response.content.decode().count('scope="row"') == 40


def test_the_file_shows_how_to_meet_and_the_log(browser, team, worker):
    citizen = citizens.deaf_with_interpreter(team=team, lead=worker)
    cases.note(case=citizen.case, written_by=worker, text="Vi mødes <b>mandag</b>")
    response = browser.get(reverse("citizen", args=[citizen.pk]))
    assert response.status_code == 200
    assert "Dansk tegnsprog" in _text(response)
    assert "&lt;b&gt;mandag" in response.content.decode()
    look = looks_by(worker)[-1]
    assert (look.citizen_ids, look.purpose, look.related) == ([citizen.pk], Purpose.CASEWORK, True)


def test_the_file_lists_the_jobs_made_for_the_citizen(client):
    bakery = Bakery()
    job = bakery.take(bakery.search(seconds=1))
    desk = accounts.log_in(client, bakery.broker)
    made, address = reverse("carved_job", args=[job.pk]), reverse("citizen", args=[bakery.anna.pk])
    file = desk.get(address).content.decode()
    assert made in file and bakery.workplace.name in file
    run("update jobs_carvedjob set state = 'withdrawn' where id = $1::uuid", value=job.pk)
    other = citizens.citizen(team=bakery.team, lead=bakery.broker)
    for without in (address, reverse("citizen", args=[other.pk])):
        assert made not in desk.get(without).content.decode()


def test_a_foreign_file_is_answered_as_one_that_does_not_exist(browser):
    foreign = browser.get(reverse("citizen", args=[citizens.citizen().pk]))
    unknown = browser.get(reverse("citizen", args=[uuid4()]))
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.content == unknown.content


def test_a_protected_address_is_nowhere_until_asked_for(browser, team, worker):
    citizen = citizens.protected_address(team=team, lead=worker)
    for name in ("citizen", "citizen_contact"):
        response = browser.get(reverse(name, args=[citizen.pk]))
        assert "Prøvevej" not in response.content.decode()
    assert "Prøvevej" not in browser.get(reverse("caseload")).content.decode()
    response = browser.post(reverse("citizen_address", args=[citizen.pk]))
    assert "Prøvevej 1" in response.content.decode()
    assert looks_by(worker)[-1].tier == "protected"


def test_citizens_see_their_own_file_without_internal_notes(client, team, worker):
    citizen = citizens.citizen(team=team, lead=worker, has_login=True)
    cases.note(case=citizen.case, written_by=worker, text="Delt note")
    cases.note(case=citizen.case, written_by=worker, text="Intern note", is_shared=False)
    accounts.log_in(client, citizen.user)
    text = _text(client.get(reverse("citizen", args=[citizen.pk])))
    assert "Delt note" in text
    assert "Intern note" not in text
    assert worker.display_name in text
    other = citizens.citizen(team=team)
    assert client.get(reverse("citizen", args=[other.pk])).status_code == 404
    assert client.get(reverse("caseload")).status_code == 403
    assert client.get(reverse("case_members", args=[citizen.pk])).status_code == 403


def test_a_note_is_written_once_however_often_the_form_is_sent(browser, team, worker):
    citizen = citizens.citizen(team=team)
    form = {"note-kind": "call", "note-text": "Ringede 📞 שלום", "form_token": str(uuid4())}
    for _ in range(2):
        response = browser.post(reverse("case_note_add", args=[citizen.pk]), form)
        assert response.status_code == 302
    with accounts.acting(worker):
        assert Note.objects.get().text == "Ringede 📞 שלום"


@pytest.mark.parametrize(("text", "kept"), [("", ""), ("x" * 10_001, "x" * 10_001), ("a\x00b", "")])
def test_a_note_that_cannot_be_kept_comes_back_as_typed(browser, team, text, kept):
    citizen = citizens.citizen(team=team)
    response = browser.post(reverse("case_note_add", args=[citizen.pk]), {"note-kind": "call", "note-text": text})
    assert response.status_code == 422
    assert kept in response.content.decode()
    assert "error-summary" in response.content.decode()


def test_the_next_step_is_set(browser, team, worker):
    citizen = citizens.citizen(team=team)
    url = reverse("case_step_set", args=[citizen.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"text": "Besøg", "due_on": "31-02-2027"}).status_code == 422
    assert browser.post(url, {"text": "Besøg", "due_on": "01-03-2027"}).status_code == 302
    with accounts.acting(worker):
        assert Case.objects.get().next_step_on.isoformat() == "2027-03-01"


def test_forms_of_a_foreign_citizen_are_not_there(browser):
    citizen = citizens.citizen()
    for name in ("case_note_add", "case_step_set", "case_members", "case_transfer", "case_member_add"):
        url = reverse(name, args=[citizen.pk])
        form = {"note-kind": "call", "note-text": "x", "text": "x"}
        assert browser.post(url, form).status_code in (404, 405)
    assert browser.post(reverse("case_move", args=[citizen.pk, "close"])).status_code == 404


def test_the_team_around_the_citizen_is_changed(browser, team, worker):
    citizen = citizens.citizen(team=team, lead=worker)
    ali = accounts.employee(team=team, name="Ali Demir")
    page = browser.get(reverse("case_members", args=[citizen.pk]))
    assert "Ali Demir" in page.content.decode()
    add = reverse("case_member_add", args=[citizen.pk])
    assert browser.post(add, {"join-user": "", "join-role": "buddy"}).status_code == 422
    assert browser.post(add, {"join-user": str(ali.pk), "join-role": "buddy"}).status_code == 302
    with accounts.acting(worker):
        joined = CaseMember.objects.get(user=ali)
    end = reverse("case_member_end", args=[citizen.pk, joined.pk])
    assert browser.get(end).status_code == 200
    assert browser.post(end).status_code == 302
    hand_over = reverse("case_hand_over", args=[citizen.pk])
    assert browser.post(hand_over, {"handover-user": str(ali.pk), "handover-stays_as": "buddy"}).status_code == 302
    with accounts.acting(worker):
        roles = set(CaseMember.objects.standing(on=TODAY).values_list("user_id", "role"))
        assert roles == {(ali.pk, MemberRole.LEAD), (worker.pk, MemberRole.BUDDY)}


def test_a_course_is_paused_once_and_a_late_click_is_told(browser, team, worker):
    citizen = citizens.citizen(team=team)
    url = reverse("case_move", args=[citizen.pk, "pause"])
    assert browser.get(url).status_code == 200
    assert browser.post(url).status_code == 302
    assert browser.post(url).status_code == 409
    assert browser.get(reverse("case_move", args=[citizen.pk, "explode"])).status_code == 404
    with accounts.acting(worker):
        assert Case.objects.get().state == State.PAUSED


def test_a_citizen_is_moved_to_another_team(browser, team, worker):
    there = organisations.team(unit=team.unit, name="Team Skov")
    citizen = citizens.citizen(team=team)
    url = reverse("case_transfer", args=[citizen.pk])
    assert "Team Skov" in browser.get(url).content.decode()
    assert browser.post(url, {"team": str(organisations.team().pk)}).status_code == 422
    assert browser.post(url, {"team": str(there.pk)}).url == reverse("caseload")
    assert browser.get(reverse("citizen", args=[citizen.pk])).status_code == 404
    with accounts.acting(accounts.employee(team=there)):
        assert Case.objects.get().team_id == there.pk


class TestSearch:
    def test_a_number_of_an_own_citizen_leads_to_the_file(self, browser, team, worker):
        number = citizens.cpr()
        citizen = citizens.citizen(team=team, number=number)
        typed = f"{number.digits[:6]}-{number.digits[6:]}"
        response = browser.post(reverse("citizen_search"), {"text": typed})
        assert response.url == reverse("citizen", args=[citizen.pk])
        assert number.digits not in response.url
        assert bytes(looks_by(worker)[-1].criterion) == number.key

    def test_a_number_of_nobody_and_of_somebody_elsewhere_get_the_same_answer(self, browser, worker):
        foreign, unknown = citizens.cpr(), citizens.cpr()
        citizens.citizen(number=foreign)
        pages = []
        for number in (foreign, unknown):
            response = browser.post(reverse("citizen_search"), {"text": number.digits})
            assert response.status_code == 200
            pages.append(
                re.sub(rf"{number.digits}|value=\"[\w-]{{32,}}\"|X-CSRFToken[^}}]+", "", response.content.decode())
            )
            assert bytes(looks_by(worker)[-1].criterion) == number.key
        assert pages[0] == pages[1]

    @pytest.mark.parametrize("typed", ["310290-1234", "12345", "a", "", "01029O1234x99"])
    def test_what_cannot_be_searched_for_is_told_kindly(self, browser, typed):
        response = browser.post(reverse("citizen_search"), {"text": typed})
        assert response.status_code == 422
        assert "error-summary" in response.content.decode()

    def test_names_are_found_among_own_people_only(self, browser, team):
        citizens.citizen(team=team, family_name="Ørsted", state=State.CLOSED)
        citizens.citizen(family_name="Ørsted", given_name="Fremmed")
        text = _text(browser.post(reverse("citizen_search"), {"text": "ørsted"}))
        assert "Anna Ørsted" in text
        assert "Fremmed" not in text

    def test_no_number_is_taken_from_an_address(self, browser):
        response = browser.get(reverse("citizen_search") + "?text=0102901234")
        assert "0102901234" not in _text(response)


class TestUrgentAccess:
    REASON = "Borgeren står i receptionen og har brug for hjælp nu."

    def test_a_reason_opens_the_file_and_the_look_says_so(self, client, team):
        number = citizens.cpr()
        citizen = citizens.citizen(team=team, number=number)
        helper = accounts.employee(team=organisations.team(unit=team.unit))
        accounts.log_in(client, helper)
        form = {"urgent-cpr": number.digits, "urgent-reason": self.REASON, "form_token": str(uuid4())}
        response = client.post(reverse("urgent_access"), form)
        assert response.url == reverse("citizen", args=[citizen.pk])
        page = client.get(response.url)
        assert page.status_code == 200
        look = looks_by(helper)[-1]
        assert (look.purpose, look.purpose_text, look.related) == ("break_glass", self.REASON, False)
        client.post(reverse("urgent_access"), form)
        with accounts.acting(helper):
            assert BreakGlass.objects.count() == 1

    @pytest.mark.parametrize(
        "form", [{"urgent-cpr": "0102900000", "urgent-reason": "kort"}, {"urgent-cpr": "3", "urgent-reason": REASON}]
    )
    def test_without_a_reason_or_a_number_the_form_comes_back(self, browser, form):
        assert browser.post(reverse("urgent_access"), form).status_code == 422

    def test_nobody_is_found_elsewhere(self, browser):
        number = citizens.cpr()
        citizens.citizen(number=number)
        form = {"urgent-cpr": number.digits, "urgent-reason": self.REASON}
        assert browser.post(reverse("urgent_access"), form).status_code == 422


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
def test_those_who_do_not_work_with_citizens_see_no_files(client, team, role):
    citizen = citizens.citizen(team=team)
    accounts.log_in(client, accounts.employee(role=role, unit=team.unit))
    for url in (reverse("caseload"), reverse("citizen", args=[citizen.pk]), reverse("citizen_search")):
        assert client.get(url).status_code == 403


def test_rights_leave_with_the_job(client, team, worker):
    citizen = citizens.citizen(team=team, lead=worker)
    accounts.log_in(client, worker)
    assert client.get(reverse("citizen", args=[citizen.pk])).status_code == 200
    run("update accounts_position set until_on = current_date - 1 where user_id = $1::uuid", value=worker.pk)
    assert client.get(reverse("citizen", args=[citizen.pk])).status_code == 403
    with accounts.acting(worker):
        assert not Citizen.objects.exists()
