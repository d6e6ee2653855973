"""The schemes over a caseload by SQL: the same as person by person, and each actor sees no more than they need."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from jobbro.apps.accounts.enums import Role
from jobbro.apps.cases.enums import State
from jobbro.apps.guidance.models import KnownFacts
from jobbro.apps.guidance.selectors.caseload import (
    FEWEST_SHOWN,
    scheme_caseload,
    scheme_colleagues,
    scheme_people,
)
from jobbro.apps.guidance.selectors.staging import CaseloadQuestion, Scope
from jobbro.engines.schemes.explaining import explain
from jobbro.engines.schemes.facts import read_facts
from jobbro.engines.schemes.loading import load_package
from jobbro.engines.schemes.sql_stages import Stage
from tests.factories import accounts, citizens, guidance, organisations

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 22)
OWN, UNIT = CaseloadQuestion(scope=Scope.OWN), CaseloadQuestion(scope=Scope.UNIT)
# A post with everything settled but whether it is filled from within.
ONE_LACKING = {
    "post_advertised": True,
    "employer_sector": "public",
    "application_route": "direct_stated",
    "meets_formal_requirements": True,
    "work_hard_to_get": True,
}


def person(team, *, lead=None, state=State.OPEN, **facts) -> UUID:
    """A citizen with these facts."""
    made = citizens.citizen(team=team, lead=lead, state=state)
    guidance.known_facts(citizen=made, **facts)
    return made.pk


@pytest.fixture
def team():
    return organisations.team()


@pytest.fixture
def mette(team):
    return accounts.employee(team=team)


def counted(user, question=OWN):
    with accounts.acting(user) as actor:
        found = scheme_caseload(actor=actor, question=question, on=ON)
    return {counts.scheme: counts for counts in found.schemes}


def stage_of(answer) -> Stage:
    """The stage of one scalar answer, for comparison."""
    if answer.outcome != "unknown":
        return Stage(answer.outcome)
    asks = [code for code in answer.ask if not code.startswith("assessed_")]
    if not answer.ask:
        return Stage.DISPUTED
    return (Stage.JUDGEMENT, Stage.ONE_FACT)[len(asks)] if len(asks) < 2 else Stage.MORE_FACTS


def test_judgements_come_last_in_the_package() -> None:
    """The statement looks at the first two missing facts only."""
    order = [fact.is_assessed for fact in load_package().facts.values()]
    assert order == sorted(order)


def test_the_same_as_person_by_person(team, mette) -> None:
    people = [
        {},
        ONE_LACKING,
        {**ONE_LACKING, "post_filled_internally": False},
        {"work_form": "employee", "benefit": "sickness_benefit", "hours_per_week": 37},
        {"work_form": "self_employed", "birth_date": date(1970, 1, 1), "illness_days_last_year": 12},
        {"benefit": "disability_pension", "employer_is_family": False, "employer_is_latest": False,
         "net_expansion": True, "ratio_kept": True, "assessed_normal_work_difficult": True,
         "birth_date": date(1980, 1, 1)},
    ]  # fmt: skip
    for facts in people:
        person(team, **facts)
    found = counted(mette)
    package = load_package()
    told = [explain(read_facts(facts, package=package, on=ON), package=package, on=ON) for facts in people]
    for code in package.schemes:
        wanted = [stage_of(next(one for one in answers if one.scheme == code)) for answers in told]
        assert {stage: found[code].stages[stage].number for stage in Stage} == {
            stage: wanted.count(stage) for stage in Stage
        }, code


def test_a_fact_whose_time_is_over_is_missing(team, mette) -> None:
    made = citizens.citizen(team=team)
    guidance.known_facts(
        citizen=made,
        good_until={"post_filled_internally": date(2026, 11, 21)},
        **ONE_LACKING,
        post_filled_internally=False,
    )
    assert counted(mette)["fortrinsadgang"].facts[0].fact.code == "post_filled_internally"


def test_own_citizens_are_told_by_name_with_the_fact_that_is_missing(team, mette) -> None:
    wanted = person(team, **ONE_LACKING)
    person(team, **ONE_LACKING, post_filled_internally=False)
    with accounts.acting(mette) as actor:
        found = scheme_people(actor=actor, scheme="fortrinsadgang", question=OWN, on=ON)
    assert [(one.row.citizen_id, one.missing.code) for one in found.people] == [(wanted, "post_filled_internally")]


def test_closed_courses_and_other_units_are_not_counted(team, mette) -> None:
    person(team, state=State.CLOSED, **ONE_LACKING)
    person(organisations.team(), **ONE_LACKING)
    assert counted(mette)["fortrinsadgang"].stages[Stage.ONE_FACT].number == 0


def test_a_team_lead_counts_the_unit(team) -> None:
    lead = accounts.employee(role=Role.TEAM_LEAD, team=team)
    person(organisations.team(unit=team.unit), **ONE_LACKING)
    assert counted(lead)["fortrinsadgang"].stages[Stage.ONE_FACT].number == 1


class TestKeyPersons:
    @pytest.fixture
    def nora(self, team):
        return accounts.employee(role=Role.KEY_PERSON, unit=team.unit)

    def test_counts_of_the_unit_with_few_kept_back(self, team, nora) -> None:
        for _ in range(FEWEST_SHOWN):
            person(team, **ONE_LACKING)
        person(team, **ONE_LACKING, post_filled_internally=False)
        found = counted(nora, UNIT)["fortrinsadgang"]
        assert [(one.fact.code, one.count.number) for one in found.facts] == [("post_filled_internally", FEWEST_SHOWN)]
        assert found.likely.is_few

    def test_another_unit_is_not_counted(self, nora) -> None:
        other = organisations.team()
        for _ in range(FEWEST_SHOWN):
            person(other, **ONE_LACKING)
        assert counted(nora, UNIT)["fortrinsadgang"].facts == ()

    def test_whom_to_talk_to(self, team, nora, mette) -> None:
        karen = accounts.employee(team=team, name="Karen Friis")
        person(team, lead=mette, **ONE_LACKING)
        person(team, lead=mette, **ONE_LACKING)
        person(team, lead=karen, **ONE_LACKING)
        person(organisations.team(), lead=accounts.employee(team=organisations.team(), name="En anden"), **ONE_LACKING)
        with accounts.acting(nora) as actor:
            found = scheme_colleagues(actor=actor, scheme="fortrinsadgang", question=UNIT, on=ON)
        assert found.colleagues == ("Mette Holm", "Karen Friis")

    def test_no_name_and_no_list(self, team, nora) -> None:
        person(team, **ONE_LACKING)
        with accounts.acting(nora) as actor, pytest.raises(PermissionDenied):
            scheme_people(actor=actor, scheme="fortrinsadgang", question=UNIT, on=ON)
        with accounts.acting(nora) as actor, pytest.raises(PermissionDenied):
            scheme_people(actor=actor, scheme="fortrinsadgang", question=OWN, on=ON)

    def test_the_rows_are_closed_to_every_other_statement(self, team, nora) -> None:
        person(team, **ONE_LACKING)
        with accounts.acting(nora) as actor:
            scheme_caseload(actor=actor, question=UNIT, on=ON)
            assert KnownFacts.objects.count() == 0

    def test_saying_that_one_counts_opens_nothing_to_others(self, team, mette) -> None:
        person(organisations.team(), **ONE_LACKING)
        analyst = accounts.employee(role=Role.ANALYST, unit=team.unit)
        for user in (mette, analyst):
            with accounts.acting(user), connection.cursor() as cursor:
                cursor.execute("select set_config('app.counting', 'schemes', true)")
                assert KnownFacts.objects.count() == 0

    def test_counting_writes_nothing(self, team, nora) -> None:
        person(team, **ONE_LACKING)
        with accounts.acting(nora), connection.cursor() as cursor:
            cursor.execute("select set_config('app.counting', 'schemes', true)")
            assert KnownFacts.objects.update(post_advertised=False) == 0


def test_others_may_not_look(team) -> None:
    analyst = accounts.employee(role=Role.ANALYST, unit=team.unit)
    for question in (OWN, UNIT):
        with accounts.acting(analyst) as actor, pytest.raises(PermissionDenied):
            scheme_caseload(actor=actor, question=question, on=ON)
