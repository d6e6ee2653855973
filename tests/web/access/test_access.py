"""The guard of every page: who may open it, no write on GET, no look without a record, one form one act."""

from uuid import uuid4

import pytest
from django.test import Client

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Outcome
from jobbro.apps.audit.models import Event, Look
from jobbro.webkit.access import LookWithoutPurpose, WriteOnRead
from tests.factories import accounts, citizens, organisations

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.access.pages")]


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def lead(team):
    return accounts.employee(role=Role.TEAM_LEAD, team=team)


@pytest.fixture
def caseworker(team):
    return accounts.employee(role=Role.CASEWORKER, team=team)


@pytest.fixture
def browser(client: Client, caseworker) -> Client:
    client.raise_request_exception = False
    return accounts.log_in(client, caseworker)


def looks(lead) -> list[Look]:
    """All looks from the unit, as its leader may read them."""
    with accounts.acting(lead):
        return list(Look.objects.order_by("id"))


class TestWhoMayOpen:
    def test_nobody_is_sent_to_the_login(self, client: Client) -> None:
        answer = client.get(f"/test/person/{uuid4()}/")
        assert answer.status_code == 302
        assert answer.url.startswith("/login/?next=/test/person/")

    def test_htmx_without_a_session_leaves_the_page_for_the_login(self, client: Client) -> None:
        answer = client.get("/test/act/", headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/login/")

    def test_a_form_sent_after_the_session_ended_is_carried_to_the_login(self, client: Client) -> None:
        answer = client.post("/test/act/", {"words": "Jeg kan godt lide at stå op 🌱", "form_token": str(uuid4())})
        assert answer.status_code == 401
        assert "Jeg kan godt lide at stå op 🌱" in answer.content.decode()
        assert "/test/act/" in answer.content.decode()

    def test_another_role_gets_403_in_danish(self, client: Client, team) -> None:
        analyst = accounts.employee(role=Role.ANALYST, unit=team.unit)
        answer = accounts.log_in(client, analyst).get(f"/test/person/{uuid4()}/")
        assert answer.status_code == 403
        assert 'lang="da"' in answer.content.decode()

    def test_rights_leave_with_the_position(self, client: Client, team) -> None:
        from datetime import date

        gone = accounts.employee(role=Role.CASEWORKER, team=team, until_on=date(2021, 1, 1))
        citizen = citizens.citizen(team=team)
        answer = accounts.log_in(client, gone).get(f"/test/person/{citizen.pk}/")
        assert answer.status_code == 403

    def test_only_the_methods_of_the_page(self, browser: Client, team) -> None:
        assert browser.post(f"/test/person/{citizens.citizen(team=team).pk}/").status_code == 405
        assert browser.put("/test/act/").status_code == 405


class TestEveryLookIsRecorded:
    def test_a_person_shown_is_a_row(self, browser: Client, team, lead) -> None:
        citizen = citizens.citizen(team=team)
        assert citizen.name in browser.get(f"/test/person/{citizen.pk}/").content.decode()
        (look,) = looks(lead)
        assert look.citizen_ids == [citizen.pk]
        assert (look.view, look.purpose, look.role, look.related) == ("test_person", "casework", "caseworker", True)

    def test_a_page_without_purpose_shows_nobody(self, client: Client, caseworker, team) -> None:
        citizen = citizens.citizen(team=team)
        with pytest.raises(LookWithoutPurpose):
            accounts.log_in(client, caseworker).get(f"/test/without-purpose/{citizen.pk}/")

    def test_no_record_no_answer(self, browser: Client, team, monkeypatch) -> None:
        citizen = citizens.citizen(team=team)
        monkeypatch.setattr("jobbro.webkit.access.record_look", _fails)
        answer = browser.get(f"/test/person/{citizen.pk}/")
        assert answer.status_code == 500
        assert citizen.name not in answer.content.decode()

    def test_unknown_and_foreign_look_the_same_and_leave_a_denied_row(self, browser: Client, lead) -> None:
        foreign = citizens.citizen()
        answers = [browser.get(f"/test/person/{key}/") for key in (foreign.pk, uuid4())]
        assert [answer.status_code for answer in answers] == [404, 404]
        first, second = (answer.content.decode() for answer in answers)
        assert first.replace(str(foreign.pk), "X").split("csrf")[0] == second.split("csrf")[0].replace("x", "x")
        assert [look.outcome for look in looks(lead)] == [Outcome.DENIED, Outcome.DENIED]

    def test_pages_of_persons_are_not_kept_by_the_browser(self, browser: Client, team) -> None:
        answer = browser.get(f"/test/person/{citizens.citizen(team=team).pk}/")
        assert answer.headers["Cache-Control"] == "no-store, private"


def _fails(**values: object) -> None:
    raise RuntimeError("the log is full")


class TestGetCannotWrite:
    def test_a_write_on_get_is_refused(self, client: Client, caseworker, team) -> None:
        citizen = citizens.citizen(team=team)
        with pytest.raises(WriteOnRead):
            accounts.log_in(client, caseworker).get(f"/test/writing-get/{citizen.pk}/")


class TestOneFormIsOneAct:
    def acts(self, user) -> int:
        with accounts.acting(user):
            return Event.objects.filter(subject="act").count()

    def test_the_same_form_twice_is_one_act_and_one_answer(self, browser: Client, caseworker) -> None:
        form = {"form_token": str(uuid4())}
        answers = [browser.post("/test/act/", form) for _ in range(3)]
        assert [answer.url for answer in answers] == ["/done/"] * 3
        assert self.acts(caseworker) == 1

    def test_a_refused_form_can_be_sent_again(self, browser: Client, caseworker) -> None:
        form = {"form_token": str(uuid4())}
        assert browser.post("/test/act/", form | {"bad": "1"}).status_code == 422
        assert browser.post("/test/act/", form).status_code == 302
        assert self.acts(caseworker) == 1

    def test_a_fall_leaves_nothing_behind(self, browser: Client, caseworker) -> None:
        form = {"form_token": str(uuid4())}
        assert browser.post("/test/act/", form | {"fall": "1"}).status_code == 500
        assert self.acts(caseworker) == 0
        assert browser.post("/test/act/", form).status_code == 302
        assert self.acts(caseworker) == 1

    def test_somebody_elses_token_is_no_key_to_their_answer(self, client: Client, caseworker, team) -> None:
        form = {"form_token": str(uuid4())}
        accounts.log_in(client, caseworker).post("/test/act/", form)
        other = accounts.employee(role=Role.CASEWORKER, team=team, name="Ole Dam")
        answer = accounts.log_in(client, other).post("/test/act/", form)
        assert answer.url == "/done/"
        assert self.acts(other) == 1

    def test_a_token_of_another_page_swallows_nothing(self, browser: Client, caseworker) -> None:
        form = {"form_token": str(uuid4())}
        assert browser.post("/test/act/", form).url == "/done/"
        assert browser.post("/test/act/again/", form).url == "/done/"
        assert self.acts(caseworker) == 2
