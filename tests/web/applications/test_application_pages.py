"""The pages of applications: what each reader sees, what a form promises, what comes back when it cannot be."""

import io
import re
from dataclasses import dataclass
from datetime import date

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.applications.enums import ClaimState, Outcome, State, VacancyState
from jobbro.apps.applications.models import Application, Claim, Decision, Document, Negotiation, Vacancy
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.models import Look
from jobbro.apps.citizens.models import Citizen
from tests.factories import accounts, applications, cases, citizens, organisations

pytestmark = pytest.mark.django_db
HOSTILE = "*fed* #panic() <script>alert(1)</script> 😀 مرحبا שלום 漢字"


@dataclass
class Scene:
    """A citizen, their caseworker, and a browser for each."""

    staff: User
    citizen: Citizen
    desk: Client
    home: Client

    def application(self, **changes) -> Application:
        return applications.application(citizen=self.citizen, started_by=self.staff, **changes)

    def vacancy(self, **changes) -> Vacancy:
        return applications.vacancy(citizen=self.citizen, noted_by=self.staff, **changes)

    def granted(self, **changes) -> Application:
        return applications.granted(citizen=self.citizen, staff=self.staff, **changes)

    def as_staff(self):
        return acting_as(self.staff.pk)


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    return Scene(
        staff=staff,
        citizen=citizen,
        desk=accounts.log_in(Client(), staff),
        home=accounts.log_in(Client(), citizen.user),
    )


def url(name: str, *values: object) -> str:
    return reverse(name, args=values)


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def values_on(answer) -> dict[str, str]:
    return dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', main_of(answer)))


# ---- Starting and writing ----


@pytest.mark.parametrize("reader", ["desk", "home"])
def test_an_application_is_started_from_the_list(scene, reader):
    browser = getattr(scene, reader)
    page = main_of(browser.get(url("applications", scene.citizen.pk)))
    start = url("application_start", scene.citizen.pk, "personlig_assistance")
    assert start in page
    first = main_of(browser.get(start))
    assert "Anna Lund" in first
    answer = browser.post(start)
    with scene.as_staff():
        row = Application.objects.get()
    assert answer.headers["Location"] == url("application_write", row.pk)
    form = values_on(browser.get(answer.headers["Location"]))
    assert (form["name"], form["phone"]) == ("Anna Lund", "12 34 56 78")
    assert url("application", row.pk) in main_of(browser.get(start))


def test_what_was_typed_comes_back_with_its_errors(scene):
    row = scene.application()
    page = scene.desk.get(url("application_write", row.pk))
    form = {"name": "Anna Lund", "hours_week": "mange", "from_on": "31.12.2027", "seen": seen_on(page)}
    answer = scene.desk.post(url("application_write", row.pk), form)
    assert answer.status_code == 422
    assert "error-summary" in main_of(answer)
    assert values_on(answer)["hours_week"] == "mange"
    good = scene.desk.post(url("application_write", row.pk), {**form, "hours_week": "18,5"})
    assert good.headers["Location"] == url("application", row.pk)
    with scene.as_staff():
        assert Application.objects.get().values == {"name": "Anna Lund", "hours_week": "18.5", "from_on": "2027-12-31"}


def test_a_draft_changed_meanwhile_shows_both(scene):
    row = scene.application(values={"position": "Bager"})
    answer = scene.desk.post(url("application_write", row.pk), {"position": "Kok", "seen": "older"})
    assert answer.status_code == 409
    assert "Bager" in main_of(answer)
    assert values_on(answer)["position"] == "Kok"
    again = scene.desk.post(url("application_write", row.pk), {"position": "Kok", "seen": seen_on(answer)})
    assert again.status_code == 302


def test_what_is_left_open_is_said_before_sending(scene):
    row = scene.application(values={"name": "Anna Lund"})
    page = main_of(scene.home.get(url("application", row.pk)))
    assert url("application_write", row.pk) in page
    assert url("application_move", row.pk, "finish") not in page
    seen = seen_on(scene.home.get(url("application_write", row.pk)))
    answer = scene.home.post(url("application_move", row.pk, "finish"), {"seen": seen})
    assert answer.status_code == 422


def test_a_form_sent_twice_is_one_draft(scene):
    start = url("application_start", scene.citizen.pk, "mentor")
    token = {"form_token": "0190a5b0-0000-7000-8000-00000000abce"}
    first, second = (scene.desk.post(start, token) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    with scene.as_staff():
        assert Application.objects.count() == 1


def test_an_unknown_scheme_is_not_there(scene):
    assert scene.desk.get(url("application_start", scene.citizen.pk, "nothing")).status_code == 404
    assert scene.desk.get(url("application_move", scene.application().pk, "nothing")).status_code == 404


# ---- Moves ----


def test_the_citizen_sends_and_the_caseworker_decides(scene):
    row = scene.application(state=State.READY)
    page = scene.home.get(url("application_move", row.pk, "send"))
    form = {"seen": seen_on(page), "channel": "here", "on": timezone.localdate().isoformat()}
    assert scene.home.post(url("application_move", row.pk, "send"), form).status_code == 302
    page = scene.desk.get(url("application_move", row.pk, "acknowledge"))
    later = {"seen": seen_on(page), "on": timezone.localdate().isoformat(), "by": "2099-01-31"}
    assert scene.desk.post(url("application_move", row.pk, "acknowledge"), later).status_code == 302
    page = scene.desk.get(url("application_move", row.pk, "decide"))
    decision = {
        "seen": seen_on(page),
        "outcome": "granted",
        "decided_on": timezone.localdate().isoformat(),
        "received_on": timezone.localdate().isoformat(),
        "from_on": "2026-01-01",
        "hours_week": "20,01",
        "working_hours_week": "37",
        "reference": "2026-1",
    }
    answer = scene.desk.post(url("application_move", row.pk, "decide"), decision)
    assert answer.status_code == 422
    assert values_on(answer)["hours_week"] == "20,01"
    assert (
        scene.desk.post(url("application_move", row.pk, "decide"), {**decision, "hours_week": "20"}).status_code == 302
    )
    assert url("claims", row.pk) in main_of(scene.home.get(url("application", row.pk)))
    with scene.as_staff():
        assert (Application.objects.get().state, Decision.objects.get().outcome) == (State.DECIDED, Outcome.GRANTED)


def test_a_move_seen_too_late_is_told(scene):
    row = scene.application(state=State.SENT)
    answer = scene.desk.post(url("application_move", row.pk, "acknowledge"), {"seen": "old", "on": "2026-03-04"})
    assert answer.status_code == 409
    assert scene.desk.get(url("application_move", row.pk, "finish")).status_code == 302


def test_documents_keep_a_reference_and_one_more_is_asked_for(scene):
    row = scene.application()
    page = scene.desk.get(url("application_documents", row.pk))
    names = re.findall(r'name="(state-[^"]+)"', main_of(page))
    form = dict.fromkeys(names, "here") | {"seen": seen_on(page), "add": "Lønseddel"}
    assert scene.desk.post(url("application_documents", row.pk), {**form, "seen": "old"}).status_code == 409
    assert scene.desk.post(url("application_documents", row.pk), form).status_code == 302
    with scene.as_staff():
        assert Document.objects.filter(state="here").count() == len(names)
        assert Document.objects.get(title="Lønseddel").state == "asked"
    assert 'name="add"' not in main_of(scene.home.get(url("application_documents", row.pk)))


# ---- Posts ----


def test_the_law_refuses_what_comes_too_early(scene):
    row = scene.vacancy(state=VacancyState.ACCOUNT_SENT)
    page = scene.desk.get(url("vacancy", row.pk))
    assert url("vacancy_move", row.pk, "release") not in main_of(page)
    seen = seen_on(scene.desk.get(url("vacancy_negotiate", row.pk)))
    for turn in ("release", "refuse"):
        answer = scene.desk.post(url("vacancy_move", row.pk, turn), {"seen": seen, "on": "2026-06-01"})
        assert answer.status_code == 422
        assert "error-summary" in main_of(answer)
    with scene.as_staff():
        assert Vacancy.objects.get().state == VacancyState.ACCOUNT_SENT


def test_a_receipt_is_not_a_negotiation(scene):
    row = scene.vacancy(state=VacancyState.ACCOUNT_SENT)
    page = scene.desk.get(url("vacancy_negotiate", row.pk))
    form = {
        "seen": seen_on(page),
        "held_on": "2026-04-01",
        "way": "receipt",
        "participants": "Bo, biblioteket\nMette, kommunen",
        "employer_said": "Vi har valgt en anden.",
        "municipality_said": "Anna kan det.",
    }
    answer = scene.desk.post(url("vacancy_negotiate", row.pk), form)
    assert answer.status_code == 422
    assert "Vi har valgt en anden." in main_of(answer)
    assert scene.desk.post(url("vacancy_negotiate", row.pk), {**form, "way": "mail"}).status_code == 302
    with scene.as_staff():
        assert Negotiation.objects.get().participants == ["Bo, biblioteket", "Mette, kommunen"]
        assert Vacancy.objects.get().negotiated_on == date(2026, 4, 1)
    assert "Anna kan det." in main_of(scene.home.get(url("vacancy", row.pk)))


def test_the_citizen_notes_a_post_and_its_first_steps(scene):
    form = {"title": "Bibliotekar", "employer": "Biblioteket", "route": "direct", "on": "2026-03-02"}
    assert scene.home.post(url("vacancy_add", scene.citizen.pk), form).status_code == 422
    noted = scene.home.post(url("vacancy_add", scene.citizen.pk), {**form, "employer_kind": "municipality"})
    assert noted.headers["Location"] == url("vacancies", scene.citizen.pk)
    with scene.as_staff():
        row = Vacancy.objects.get()
    page = scene.home.get(url("vacancy_move", row.pk, "invite"))
    step = {"seen": seen_on(page), "on": "2026-03-09"}
    assert scene.home.post(url("vacancy_move", row.pk, "invite"), step).status_code == 302
    assert scene.home.post(url("vacancy_move", row.pk, "account"), step).status_code in (403, 409)
    assert scene.home.get(url("vacancy_negotiate", row.pk)).status_code == 403


def test_an_opinion_is_asked_for_after_a_refusal(scene):
    row = scene.vacancy(state=VacancyState.REASONED_REFUSAL)
    page = scene.home.get(url("vacancy_move", row.pk, "opinion"))
    asked = {"seen": seen_on(page), "on": "2026-04-10"}
    assert scene.home.post(url("vacancy_move", row.pk, "opinion"), asked).status_code == 302
    with scene.as_staff():
        assert Vacancy.objects.get().opinion_asked_on == date(2026, 4, 10)


# ---- Claims ----


def test_hours_are_entered_claimed_and_paid(scene):
    row = scene.granted(from_on=date(2026, 1, 1), until_on=date(2026, 3, 31), hours_week="7")
    enter = url("claim_enter", row.pk, "2026-1")
    too_many = scene.desk.post(enter, {"hours_used": "90,01"})
    assert too_many.status_code == 422
    assert scene.desk.post(enter, {"hours_used": "90"}).status_code == 302
    assert scene.desk.post(url("claim_move", row.pk, "2026-1", "send"), {"on": "2026-03-31"}).status_code == 422
    assert scene.desk.post(url("claim_move", row.pk, "2026-1", "send"), {"on": "2026-04-02"}).status_code == 302
    assert scene.desk.post(enter, {"hours_used": "10"}).status_code == 302
    paid = scene.desk.post(url("claim_move", row.pk, "2026-1", "pay"), {"on": "2026-04-12", "reference": "77"})
    assert paid.status_code == 302
    with scene.as_staff():
        claim = Claim.objects.get()
    assert (claim.state, str(claim.hours_used), claim.reference) == (ClaimState.PAID, "90.00", "77")
    assert "<form" not in main_of(scene.home.get(url("claims", row.pk)))


def test_only_a_grant_has_quarters(scene):
    assert scene.desk.get(url("claims", scene.application().pk)).status_code == 404
    row = scene.granted()
    assert scene.desk.get(url("claim_enter", row.pk, "1999-1")).status_code == 404
    assert scene.home.get(url("claim_enter", row.pk, "2026-2")).status_code == 403


# ---- The wall, the log and the size ----


def pages(scene: Scene) -> list[str]:
    row, post = scene.granted(), scene.vacancy(state=VacancyState.ACCOUNT_SENT)
    return [
        *[url("applications", scene.citizen.pk), url("application_start", scene.citizen.pk, "mentor")],
        *[url("application", row.pk), url("application_pdf", row.pk), url("application_write", row.pk)],
        *[url("application_documents", row.pk), url("application_move", row.pk, "complain"), url("claims", row.pk)],
        *[url("vacancies", scene.citizen.pk), url("vacancy_add", scene.citizen.pk), url("vacancy", post.pk)],
        *[url("vacancy_move", post.pk, "withdraw"), url("vacancy_negotiate", post.pk)],
        url("claim_enter", row.pk, "2026-2"),
    ]


def test_behind_the_wall_every_page_is_not_there(scene):
    stranger = accounts.log_in(Client(), accounts.employee(team=organisations.team()))
    other = citizens.citizen(team=scene.citizen.case.team, given_name="Bo", has_login=True)
    neighbour = accounts.log_in(Client(), other.user)
    for page in pages(scene):
        assert stranger.get(page).status_code == 404, page
        assert neighbour.get(page).status_code in (403, 404), page


def test_a_key_person_in_the_team_reads_and_does_not_write(scene):
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=scene.citizen.case.team.unit, name="Kim Nøgle")
    cases.member(case=scene.citizen.case, user=key_person)
    reader = accounts.log_in(Client(), key_person)
    row, post = scene.application(), scene.vacancy()
    for name, value in (("applications", scene.citizen.pk), ("application", row.pk), ("vacancy", post.pk)):
        answer = reader.get(url(name, value))
        assert answer.status_code == 200
        assert "<form" not in main_of(answer)
    assert reader.get(url("application_write", row.pk)).status_code == 403
    assert reader.get(url("deadlines")).status_code == 200


def test_every_look_is_recorded_with_its_kind(scene):
    row = scene.application()
    for name, values in (
        ("applications", [scene.citizen.pk]),
        ("application", [row.pk]),
        ("application_pdf", [row.pk]),
    ):
        scene.desk.get(url(name, *values))
    scene.desk.get(url("deadlines"))
    with acting_as(scene.citizen.user_id):
        looks = list(Look.objects.order_by("id").values_list("view", "kind", "tier", "purpose"))
    assert looks == [
        ("applications", "read", "health", "casework"),
        ("application", "read", "health", "casework"),
        ("application_pdf", "print", "health", "casework"),
        ("deadlines", "list", "health", "worklist"),
    ]


@pytest.mark.parametrize("size", [1, 5])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("applications", 15), ("application", 14), ("deadlines", 14), ("vacancies", 11), ("claims", 12)],
)
def test_the_number_of_queries_does_not_grow(scene, name, queries, size):
    row = scene.granted(from_on=date(2026, 1, 1))
    for number in range(size):
        scene.application(scheme="paragraf_56", state=State.SENT)
        scene.vacancy(title=f"Stilling {number}")
        applications.claim(application=row, year=2026, quarter=number % 4 + 1) if number < 4 else None
    value = {"applications": [scene.citizen.pk], "vacancies": [scene.citizen.pk], "deadlines": []}.get(name, [row.pk])
    with CaptureQueriesContext(connection) as captured:
        assert scene.desk.get(url(name, *value)).status_code == 200
    assert len(captured) == queries, [query["sql"][:90] for query in captured]


def test_deadlines_name_who_and_when(scene):
    scene.application(state=State.ACKNOWLEDGED, decide_by=date(2026, 4, 1))
    page = main_of(scene.desk.get(url("deadlines")))
    assert "Anna Lund" in page
    assert "onsdag den 1. april 2026" in page
    assert "Anna Lund" in main_of(scene.desk.get(url("deadlines") + "?whose=team"))
    assert "onsdag den 1. april 2026" in main_of(scene.desk.get(url("home")))
    assert "personlig" in main_of(scene.home.get(url("home"))).lower()


# ---- On paper ----


def test_the_letter_is_tagged_and_tells_nothing_by_its_name(scene):
    row = scene.application(values={"name": "Anna Lund", "functions": HOSTILE}, state=State.SENT)
    answer = scene.home.get(url("application_pdf", row.pk))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="application.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert str(pdf.Root.Lang).startswith("da")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"


@pytest.mark.parametrize("text", ["é̱", "a⃝", "🏴‍☠️", "ᚠ漢字", "x" * 20_000])
def test_whatever_was_written_the_letter_is_made(scene, text):
    row = scene.application(values={"functions": text})
    answer = scene.desk.get(url("application_pdf", row.pk))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_the_citizen_is_spoken_to_as_you(scene):
    row = scene.application(state=State.SENT)
    page = main_of(scene.home.get(url("application", row.pk)))
    assert "Borgeren" not in page
    assert "sag nr" not in page.lower()


# ---- As they look ----


def page_of(browser: Client, address: str) -> str:
    """The page's own part in English, which no translator changes, without keys that are new each time."""
    browser.cookies["django_language"] = "en"
    text = re.search(r'<div id="messages".*</main>', browser.get(address).content.decode(), re.DOTALL)[0]
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)
    text = re.sub(r'name="(csrfmiddlewaretoken|seen)" value="\w+"', r'name="\1"', text)
    return re.sub(r"\n\s*\n+", "\n", text)


@pytest.mark.parametrize("reader", ["desk", "home"])
@pytest.mark.parametrize("name", ["application", "vacancy", "applications"])
def test_the_page_looks_as_it_did(scene, name, reader, snapshot):
    row = scene.application(state=State.ACKNOWLEDGED, decide_by=date(2031, 3, 3), values=applications.VALUES)
    post = scene.vacancy(state=VacancyState.NEGOTIATED)
    value = {"application": row.pk, "vacancy": post.pk, "applications": scene.citizen.pk}[name]
    assert page_of(getattr(scene, reader), url(name, value)) == snapshot


@pytest.mark.parametrize("name", ["application", "deadlines"])
def test_the_queries_are_these(scene, name, snapshot):
    row = scene.granted()
    with CaptureQueriesContext(connection) as captured:
        scene.desk.get(url(name, *([row.pk] if name == "application" else [])))
    assert [_without_values(query["sql"]) for query in captured] == snapshot


def _without_values(sql: str) -> str:
    """The beginning of a statement without what is new each time."""
    return re.sub(r'"s\d+_x\d+"|%s|\$\d+', "?", re.sub(r"'[^']*'", "?", sql))[:160]
