"""Guidance, applications, posts and claims of somebody else's citizen: the same answer as for nobody, and a trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Outcome
from jobbro.apps.audit.ids import uuid7
from jobbro.apps.audit.models import Look
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.guidance.models import GuidanceAnswer
from jobbro.engines.schemes.loading import load_package
from tests.factories import accounts, applications, citizens, guidance, organisations
from tests.factories.guidance import TOLD_AT
from tests.factories.rows import rows_of, write

pytestmark = pytest.mark.django_db
ALL_TABLES = (
    *("guidance_toldfact", "guidance_knownfacts", "guidance_guidanceanswer"),
    *("applications_application", "applications_decision", "applications_document", "applications_vacancy"),
    *("applications_negotiation", "applications_claim"),
)


@dataclass(frozen=True)
class Case:
    """A citizen with something on every new page."""

    citizen: Citizen
    staff: User
    paths: tuple[str, ...]


def _case(*, team) -> Case:
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    guidance.told_fact(citizen=citizen, by=staff, code="unemployed", value=True)
    kept = write(
        GuidanceAnswer(
            citizen=citizen,
            package_hash=load_package().hash,
            decision_on=TOLD_AT.date(),
            facts={},
            answers=[],
            kept_by=staff,
            kept_at=TOLD_AT,
        )
    )
    granted = applications.granted(citizen=citizen, staff=staff)
    draft = applications.application(citizen=citizen, started_by=staff)
    post = applications.vacancy(citizen=citizen, noted_by=staff)
    return Case(citizen=citizen, staff=staff, paths=tuple(_paths(citizen.pk, kept.pk, granted.pk, draft.pk, post.pk)))


def _paths(citizen: UUID, kept: UUID, granted: UUID, draft: UUID, post: UUID) -> Iterator[str]:
    for name in ("guidance", "guidance_what_if", "guidance_facts", "guidance_answers", "guidance_keep"):
        yield reverse(name, args=[citizen])
    for name in ("applications", "vacancies", "vacancy_add", "case_economics"):
        yield reverse(name, args=[citizen])
    for name in ("guidance_fact", "guidance_fact_withdraw"):
        yield reverse(name, args=[citizen, "unemployed"])
        yield reverse(name, args=[citizen, "assessed_disability"])
    yield reverse("guidance_answer", args=[citizen, kept])
    yield reverse("application_start", args=[citizen, "personlig_assistance"])
    for name in ("application", "application_pdf", "application_write", "application_documents"):
        yield reverse(name, args=[draft])
    yield from (reverse("application_move", args=[draft, move]) for move in ("finish", "withdraw", "decide"))
    yield reverse("claims", args=[granted])
    yield reverse("claim_enter", args=[granted, "2026-2"])
    yield reverse("claim_move", args=[granted, "2026-2", "send"])
    yield reverse("vacancy", args=[post])
    yield reverse("vacancy_negotiate", args=[post])
    yield from (reverse("vacancy_move", args=[post, move]) for move in ("invite", "withdraw", "opinion"))


def _contents() -> list[object]:
    return [
        rows_of(
            f"select count(*) as many, max(t::text) as last, md5(string_agg(t::text, '' order by t::text)) as all"
            f" from {table} t"
        )[0].__dict__
        for table in ALL_TABLES
    ]


@pytest.fixture
def theirs() -> Case:
    return _case(team=organisations.team())


def _strangers(theirs: Case) -> dict[str, User]:
    """Everybody who must not get in: of the same unit, of another municipality, and another citizen."""
    unit = theirs.citizen.case.team.unit
    mine = organisations.team(unit=unit, name="Team Mark")
    far = organisations.team()
    return {
        "caseworker of another team": accounts.employee(team=mine),
        "job broker of another team": accounts.employee(role=Role.JOB_BROKER, team=mine),
        "key person of the unit": accounts.employee(role=Role.KEY_PERSON, unit=unit),
        "administrator": accounts.employee(role=Role.ADMINISTRATOR, unit=unit),
        "analyst": accounts.employee(role=Role.ANALYST, unit=unit),
        "team lead of another municipality": accounts.employee(role=Role.TEAM_LEAD, team=far),
        "citizen of the same team": citizens.citizen(team=theirs.citizen.case.team, has_login=True).user,
        "citizen of another municipality": citizens.citizen(team=far, has_login=True).user,
    }


def test_nobody_opens_or_changes_what_is_not_theirs(theirs: Case) -> None:
    before = _contents()
    got_in: list[tuple[str, str, str, int]] = []
    for who, user in _strangers(theirs).items():
        browser = accounts.log_in(Client(), user)
        for path in theirs.paths:
            for method in ("get", "post"):
                data = {"seen": "x", "fact_code": "unemployed", "value": "yes", "on": "2026-03-04", "go": "next"}
                answer = getattr(browser, method)(path, data if method == "post" else {})
                if answer.status_code not in (403, 404, 405) or theirs.citizen.family_name.encode() in answer.content:
                    got_in.append((who, method, path, answer.status_code))
    assert got_in == []
    assert _contents() == before


def test_what_is_not_there_answers_as_what_is_not_yours(theirs: Case) -> None:
    browser = accounts.log_in(Client(), accounts.employee(team=organisations.team()))
    theirs_page = browser.get(reverse("application", args=[uuid7()]))
    for path in theirs.paths:
        answer = browser.get(path)
        assert (answer.status_code, len(answer.content)) == (404, len(theirs_page.content)), path


def test_each_refused_try_leaves_a_trace(theirs: Case) -> None:
    user = accounts.employee(role=Role.TEAM_LEAD, team=organisations.team())
    browser = accounts.log_in(Client(), user)
    for path in theirs.paths:
        browser.get(path)
    with accounts.acting(user):
        denied = Look.objects.filter(actor_id=user.pk, outcome=Outcome.DENIED)
        assert denied.count() == len(theirs.paths)


def test_every_page_that_shows_the_citizen_leaves_a_look(theirs: Case) -> None:
    key = accounts.employee(role=Role.TEAM_LEAD, unit=theirs.citizen.case.team.unit)
    browser = accounts.log_in(Client(), theirs.staff)
    name = theirs.citizen.given_name
    missing = []
    for path in (*theirs.paths, reverse("deadlines"), reverse("scheme_people", args=["isbryder"])):
        with accounts.acting(key):
            before = Look.objects.count()
        answer = browser.get(path)
        shows = answer["Content-Type"] == "application/pdf" or name in answer.content.decode()
        with accounts.acting(key):
            newest = Look.objects.order_by("-id").first()
            is_recorded = Look.objects.count() > before and theirs.citizen.pk in newest.citizen_ids
        if answer.status_code == 200 and shows and not is_recorded:
            missing.append(path)
    assert missing == []


def test_a_case_of_ones_own_does_not_open_the_parts_of_another(theirs: Case) -> None:
    """The citizen in the address is one's own, the kept guidance is not."""
    own = _case(team=organisations.team(unit=theirs.citizen.case.team.unit))
    browser = accounts.log_in(Client(), own.staff)
    kept = rows_of("select id from guidance_guidanceanswer where citizen_id = $1::uuid", value=theirs.citizen.pk)[0].id
    assert browser.get(reverse("guidance_answer", args=[own.citizen.pk, kept])).status_code == 404


def test_no_statement_of_the_application_reaches_them(theirs: Case) -> None:
    for who, user in _strangers(theirs).items():
        with accounts.acting(user), connection.cursor() as cursor:
            for table in ALL_TABLES:
                cursor.execute(f"select count(*) from {table} where citizen_id = %s", [theirs.citizen.pk])
                assert cursor.fetchone() == (0,), (who, table)
