"""Whatever is sent to the new pages: an answer below 500, nothing half done, and no value in a technical log."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.applications.enums import State, VacancyState
from jobbro.webkit.logs import NoPersonalData
from tests.factories import accounts, applications, citizens, guidance, organisations

pytestmark = pytest.mark.django_db
CANARY = "kanariefugl"
JUNK = {
    "nothing": "",
    "long": CANARY * 9_000,
    "digits": "9" * 100_000,
    "points": "1," * 50_000,
    "huge": "1e308",
    "more than huge": "1e999",
    "tiny": "1e-400",
    "nan": "NaN",
    "signalling": "sNaN",
    "infinity": "-Infinity",
    "negative": "-5",
    "nul": f"a\0{CANARY}",
    "surrogates": "\\ud800 𝟗𝟗 ١٢ ９９ \u202e\u0000\u2028",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "day of two signs": "1900-01-01",
    "markup": "<script>alert(1)</script>{{ x }}{% now %}#panic()[*fed*]",
    "sql": "'; drop table citizens_citizen; -- %s %(x)s",
    "uuid": "00000000-0000-7000-8000-000000000001",
    "list": "[]",
}
FIELDS = {
    "guidance": ("fact_code", "seen", "value", "source", "note", "go", "form_token"),
    "guidance_fact": ("fact_code", "seen", "value", "source", "note", "go"),
    "guidance_fact_withdraw": ("seen", "note"),
    "guidance_what_if": (
        *("decision_on", "work", "work_form", "hours_per_week", "start_on", "employer_sector", "benefit"),
        "assistance_hours_per_week",
    ),
    "guidance_keep": ("note",),
    "application_write": (
        *("seen", "name", "employer", "position", "hours_week", "functions", "assistance_hours_week", "from_on"),
        "work_form",
    ),
    "application_documents": ("seen", "add"),
    "application_move": (
        *("seen", "channel", "words", "on", "by", "outcome", "decided_on", "received_on", "reference", "from_on"),
        *("until_on", "hours_week", "working_hours_week", "is_above_limit", "rate"),
    ),
    "vacancy_add": ("title", "employer", "employer_kind", "route", "is_own_service", "on"),
    "vacancy_move": ("seen", "on"),
    "vacancy_negotiate": ("seen", "held_on", "way", "participants", "employer_said", "municipality_said"),
    "claim_enter": ("hours_used",),
    "claim_move": ("on", "reference"),
    "case_economics": ("start", "horizon", "weeks_on_benefit", "benefit_low", "benefit_why", "wage_high", "mentor_a"),
}


@pytest.fixture
def heard() -> Iterator[list[str]]:
    lines: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            NoPersonalData().filter(record)
            lines.append(logging.Formatter().format(record))

    listener = Listener(level=logging.INFO)
    for name in ("", "django"):
        logging.getLogger(name).addHandler(listener)
    yield lines
    for name in ("", "django"):
        logging.getLogger(name).removeHandler(listener)


@pytest.fixture
def pages() -> tuple[Client, dict[str, list[str]]]:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    guidance.told_fact(citizen=citizen, by=staff, code="unemployed", value=True)
    draft = applications.application(citizen=citizen, started_by=staff)
    waiting = applications.application(citizen=citizen, started_by=staff, scheme="mentor", state=State.ACKNOWLEDGED)
    granted = applications.granted(citizen=citizen, staff=staff)
    post = applications.vacancy(citizen=citizen, noted_by=staff)
    told = applications.vacancy(citizen=citizen, noted_by=staff, state=VacancyState.ACCOUNT_SENT)
    facts = ("unemployed", "benefit", "birth_date", "hours_per_week", "illness_days_last_year", "assessed_disability")
    addresses = {
        "guidance": [reverse("guidance", args=[citizen.pk])],
        "guidance_fact": [reverse("guidance_fact", args=[citizen.pk, fact]) for fact in facts],
        "guidance_fact_withdraw": [reverse("guidance_fact_withdraw", args=[citizen.pk, "unemployed"])],
        "guidance_what_if": [reverse("guidance_what_if", args=[citizen.pk])],
        "guidance_keep": [reverse("guidance_keep", args=[citizen.pk])],
        "application_write": [reverse("application_write", args=[draft.pk])],
        "application_documents": [reverse("application_documents", args=[draft.pk])],
        "application_move": [
            *(reverse("application_move", args=[waiting.pk, move]) for move in ("ask_more", "postpone", "decide")),
            *(reverse("application_move", args=[granted.pk, move]) for move in ("complain", "send", "forward")),
        ],
        "vacancy_add": [reverse("vacancy_add", args=[citizen.pk])],
        "vacancy_move": [reverse("vacancy_move", args=[post.pk, move]) for move in ("invite", "opinion", "refuse")],
        "vacancy_negotiate": [reverse("vacancy_negotiate", args=[told.pk])],
        "claim_enter": [reverse("claim_enter", args=[granted.pk, "2026-2"])],
        "claim_move": [reverse("claim_move", args=[granted.pk, "2026-2", "send"])],
        "case_economics": [reverse("case_economics", args=[citizen.pk])],
    }
    return accounts.log_in(Client(raise_request_exception=False), staff), addresses


@pytest.mark.parametrize("page", FIELDS)
def test_junk_in_every_field_at_once(pages: tuple[Client, dict[str, list[str]]], page: str, heard: list[str]) -> None:
    browser, addresses = pages
    fell = []
    for path in addresses[page]:
        for kind, junk in JUNK.items():
            answer = browser.post(path, dict.fromkeys(FIELDS[page], junk))
            if answer.status_code >= 500:
                fell.append((path.rsplit("/", 3)[-3:], kind, answer.status_code))
    assert fell == []
    assert [line for line in heard if CANARY in line] == []
