"""Registering, contact, consents and benefit, as a browser sees them."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.models import CaseMember
from jobbro.apps.citizens.models import BenefitPeriod, Citizen, Consent, Contact
from tests.factories import accounts, citizens, organisations
from tests.factories.looks import looks_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def worker(team):
    return accounts.employee(team=team)


@pytest.fixture
def browser(client, worker):
    return accounts.log_in(client, worker)


def _registration(team, worker, **changes):
    return {
        "cpr": "010290-0001",
        "given_name": "Bo",
        "family_name": "Ravn",
        "municipality": organisations.municipality_of(team).code,
        "team": str(team.pk),
        "lead": str(worker.pk),
        "channel": "sms",
        "form_token": str(uuid4()),
        **changes,
    }


def _version(browser, citizen):
    page = browser.get(reverse("citizen_contact", args=[citizen.pk])).content.decode()
    return re.search(r'name="version" value="(\w+)"', page).group(1)


class TestRegister:
    def test_a_citizen_is_registered_and_the_file_opens(self, browser, team, worker):
        url = reverse("citizen_register")
        assert browser.get(url).status_code == 200
        response = browser.post(url, _registration(team, worker))
        assert response.status_code == 302
        page = browser.get(response.url)
        assert "Bo Ravn" in page.content.decode()
        assert "010290-••••" in page.content.decode()
        assert "0001" not in response.url
        with accounts.acting(worker):
            assert CaseMember.objects.get().user_id == worker.pk

    def test_a_double_click_registers_once(self, browser, team, worker):
        form = _registration(team, worker)
        first, second = (browser.post(reverse("citizen_register"), form) for _ in range(2))
        assert first.url == second.url
        with accounts.acting(worker):
            assert Citizen.objects.count() == 1

    def test_a_known_number_is_told_and_nothing_typed_is_lost(self, browser, team, worker):
        browser.post(reverse("citizen_register"), _registration(team, worker))
        again = _registration(team, worker, given_name="Någon", cpr="0102900001")
        response = browser.post(reverse("citizen_register"), again)
        assert response.status_code == 422
        assert "Någon" in response.content.decode()

    @pytest.mark.parametrize(
        "changes",
        [
            {"cpr": "310290-0001"},
            {"cpr": "12"},
            {"given_name": ""},
            {"team": ""},
            {"team": str(uuid4())},
            {"lead": str(uuid4())},
            {"postcode": "20"},
            {"email": "x"},
            {"municipality": "0000"},
            {"given_name": "x" * 81},
        ],
    )
    def test_what_is_wrong_comes_back_with_an_error_summary(self, browser, team, worker, changes):
        response = browser.post(reverse("citizen_register"), _registration(team, worker) | changes)
        assert response.status_code == 422
        assert "error-summary" in response.content.decode()
        with accounts.acting(worker):
            assert not Citizen.objects.exists()

    def test_job_brokers_do_not_register(self, client, team):
        accounts.log_in(client, accounts.employee(team=team, role=Role.JOB_BROKER))
        assert client.get(reverse("citizen_register")).status_code == 403


class TestContact:
    def test_staff_change_it(self, browser, team, worker):
        citizen = citizens.citizen(team=team)
        url = reverse("citizen_contact", args=[citizen.pk])
        form = {"version": _version(browser, citizen), "given_name": "Anna", "family_name": "Ny", "channel": "video"}
        assert browser.post(url, form | {"phone": "11 22 33 44"}).status_code == 302
        with accounts.acting(worker):
            assert Citizen.objects.get().name == "Anna Ny"
            assert Contact.objects.get().phone == "11 22 33 44"

    def test_a_late_form_is_told_and_sent_again_it_counts(self, browser, team, worker):
        citizen = citizens.citizen(team=team)
        url = reverse("citizen_contact", args=[citizen.pk])
        old = {"version": _version(browser, citizen), "given_name": "A", "family_name": "B", "channel": "sms"}
        browser.post(url, old | {"family_name": "Først"})
        late = browser.post(url, old | {"family_name": "Sidst"})
        assert late.status_code == 409
        assert "Først" in late.content.decode()
        assert "Sidst" in late.content.decode()
        version = re.search(r'name="version" value="(\w+)"', late.content.decode()).group(1)
        assert browser.post(url, old | {"family_name": "Sidst", "version": version}).status_code == 302

    def test_citizens_change_their_own_but_no_name(self, client):
        citizen = citizens.protected_address()
        citizen = citizens.citizen(has_login=True, is_protected=True)
        accounts.log_in(client, citizen.user)
        url = reverse("citizen_contact", args=[citizen.pk])
        page = client.get(url).content.decode()
        assert "Prøvevej 1" in page
        assert 'name="given_name"' not in page
        form = {"version": _version(client, citizen), "channel": "letter", "given_name": "Anden"}
        assert client.post(url, form).status_code == 302
        with accounts.acting(citizen.user):
            stored = Citizen.objects.get()
            assert (stored.channel, stored.given_name) == ("letter", "Anna")
        assert looks_by(citizen.user)[-1].purpose == "own"

    def test_a_protected_address_is_changed_where_it_is_shown(self, browser, team, worker):
        citizen = citizens.protected_address(team=team)
        url = reverse("citizen_address", args=[citizen.pk])
        page = browser.post(url).content.decode()
        version = re.search(r'name="version" value="(\w+)"', page).group(1)
        assert browser.get(url).status_code == 302
        assert browser.post(url, {"version": version, "postcode": "x"}).status_code == 422
        assert browser.post(url, {"version": version, "address": "Nyvej 2"}).status_code == 302
        assert browser.post(url, {"version": version, "address": "Nyvej 3"}).status_code == 409
        with accounts.acting(worker):
            assert Contact.objects.get().address == "Nyvej 2"

    def test_foreign_pages_are_not_there(self, browser):
        citizen = citizens.citizen()
        for name in ("citizen_contact", "citizen_address", "citizen_consents", "citizen_benefit", "citizen_invite"):
            assert browser.post(reverse(name, args=[citizen.pk])).status_code in (404, 422)
            assert "Lund" not in browser.post(reverse(name, args=[citizen.pk])).content.decode()


class TestConsents:
    def test_the_citizen_gives_and_takes_back(self, client):
        citizen = citizens.citizen(has_login=True)
        accounts.log_in(client, citizen.user)
        url = reverse("citizen_consents", args=[citizen.pk])
        assert client.post(url, {}).status_code == 422
        assert client.post(url, {"purpose": "network", "recipient": "Min søster"}).status_code == 302
        assert "Min søster" in client.get(url).content.decode()
        with accounts.acting(citizen.user):
            consent = Consent.objects.get()
        withdraw = reverse("consent_withdraw", args=[citizen.pk, consent.pk])
        assert client.get(withdraw).status_code == 200
        for _ in range(2):
            assert client.post(withdraw).status_code == 302
        with accounts.acting(citizen.user):
            assert Consent.objects.get().withdrawn_at is not None


class TestBenefit:
    def test_periods_are_kept_in_order(self, browser, team, worker):
        citizen = citizens.citizen(team=team)
        url = reverse("citizen_benefit", args=[citizen.pk])
        end = reverse("citizen_benefit_end", args=[citizen.pk])
        assert browser.get(url).status_code == 200
        assert browser.post(url, {"benefit": "Kontanthjælp", "from_on": "2026-01-01"}).status_code == 302
        assert browser.post(url, {"benefit": "SU", "from_on": "2025-01-01"}).status_code == 422
        assert browser.post(url, {"benefit": "SU", "from_on": "0202-01-01"}).status_code == 422
        assert browser.post(end, {"end-until_on": "31-12-2025"}).status_code == 422
        assert browser.post(end, {"end-until_on": "31-01-2026"}).status_code == 302
        with accounts.acting(worker):
            assert BenefitPeriod.objects.get().until_on.isoformat() == "2026-01-31"

    def test_citizens_have_no_such_page(self, client):
        citizen = citizens.citizen(has_login=True)
        accounts.log_in(client, citizen.user)
        assert client.get(reverse("citizen_benefit", args=[citizen.pk])).status_code == 403


def test_a_login_is_made_once_and_told_once(browser, team, worker):
    citizen = citizens.citizen(team=team)
    url = reverse("citizen_invite", args=[citizen.pk])
    assert browser.get(url).status_code == 200
    page = browser.post(url)
    assert re.search(r"borger-\w{8}", page.content.decode())
    assert browser.post(url).status_code == 302
    with accounts.acting(worker):
        assert Citizen.objects.get().user_id is not None
