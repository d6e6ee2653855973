"""Three people and their caseworker answer until every scheme is settled, and begin an application for each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from jobbro.apps.accounts.models import User
from jobbro.apps.citizens.models import Citizen
from jobbro.engines.schemes.expressions import Value
from jobbro.kernel.vocabulary import SCHEMES
from tests.browser import Watched
from tests.journeys.screens import screen_of

pytestmark = pytest.mark.django_db(transaction=True)
NOTE = "Vi har set på opgaverne sammen på arbejdspladsen."
# More questions than there are facts would be a circle.
MOST_QUESTIONS = 60
TODAY = date.today()


@dataclass(frozen=True, kw_only=True)
class Situation:
    """What is true of somebody, and what must come out. A fact that no rule needs is not asked about."""

    facts: Mapping[str, Value]
    possible: frozenset[str]
    applies_for: str


NO_EDUCATION = {"other_education_support": False, "training_purpose": "none", "admitted_to_education": False}
EMPLOYEE_WITH_ARTHRITIS = Situation(
    facts={
        **NO_EDUCATION,
        "work_form": "employee",
        "benefit": "wage",
        "unemployed": False,
        "hours_per_week": 30,
        "start_on": TODAY - timedelta(days=3_000),
        "hours_worked_last_8_weeks": 230,
        "post_advertised": False,
        "education_months": 36,
        "graduated_on": TODAY - timedelta(days=8_000),
        "written_agreement": True,
        "agreement_renewal": False,
        "treatment": "none",
        "assistance_hours_per_week": 6,
        "assessed_lasting_impairment": True,
        "assessed_personal_help_needed": True,
        "assessed_core_work_done_self": True,
        "assessed_not_general_help": True,
        "assessed_aid_decisive": True,
        "assessed_aid_compensates": True,
        "assessed_aid_beyond_employer": True,
        "assessed_aid_usual_at_workplace": False,
        "assessed_adaptation_decisive": True,
        "assessed_adaptation_compensates": True,
        "assessed_adaptation_beyond_employer": True,
        "assessed_adaptation_usual_at_workplace": False,
        "assessed_long_term_illness": True,
        "assessed_expected_absence_days": 14,
        "assessed_replaces_lasting_reduction": False,
        "assessed_mentor_decisive": False,
        "assessed_capacity_limited_any_work": False,
        "assessed_relevant_experience": True,
    },
    possible=frozenset({"personlig_assistance", "hjaelpemidler", "arbejdspladsindretning", "paragraf_56"}),
    applies_for="personlig_assistance",
)
NEWLY_GRADUATED_BLIND_ECONOMIST = Situation(
    facts={
        **NO_EDUCATION,
        "work_form": "subsidised",
        "benefit": "student_or_graduate",
        "unemployed": True,
        "hours_per_week": 37,
        "start_on": TODAY + timedelta(days=30),
        "post_advertised": True,
        "post_filled_internally": False,
        "application_route": "direct_stated",
        "meets_formal_requirements": True,
        "employer_sector": "public",
        "work_hard_to_get": True,
        "employer_is_family": False,
        "employer_is_latest": False,
        "staff_consulted": True,
        "net_expansion": True,
        "ratio_kept": True,
        "education_months": 60,
        "education_gives_a_kasse": True,
        "graduated_on": TODAY - timedelta(days=100),
        "written_agreement": False,
        "agreement_renewal": False,
        "treatment": "none",
        "assistance_hours_per_week": 12,
        "stu_start_on": None,
        "schooling_done": True,
        "a_kasse_member": True,
        "assessed_lasting_impairment": True,
        "assessed_disability": True,
        "assessed_personal_help_needed": True,
        "assessed_core_work_done_self": True,
        "assessed_not_general_help": True,
        "assessed_aid_decisive": True,
        "assessed_aid_compensates": True,
        "assessed_aid_beyond_employer": True,
        "assessed_aid_usual_at_workplace": False,
        "assessed_adaptation_decisive": False,
        "assessed_adaptation_compensates": False,
        "assessed_adaptation_beyond_employer": False,
        "assessed_adaptation_usual_at_workplace": False,
        "assessed_long_term_illness": False,
        "assessed_mentor_decisive": False,
        "assessed_capacity_limited_any_work": False,
        "assessed_relevant_experience": False,
        "assessed_other_youth_education_out_of_reach": False,
        "assessed_normal_work_difficult": False,
    },
    possible=frozenset({"personlig_assistance", "fortrinsadgang", "isbryder", "hjaelpemidler"}),
    applies_for="isbryder",
)
SELF_EMPLOYED_WITH_CHRONIC_ILLNESS = Situation(
    facts={
        **NO_EDUCATION,
        "work_form": "self_employed",
        "benefit": "own_business",
        "unemployed": False,
        "hours_per_week": 37,
        "start_on": TODAY - timedelta(days=3_000),
        "post_advertised": False,
        "education_months": 0,
        "voluntary_sickness_insurance": False,
        "agreement_renewal": False,
        "business_main_occupation": True,
        "business_in_denmark": True,
        "self_employed_grant_before": False,
        "business_full_months": 24,
        "assistance_hours_per_week": 0,
        "assessed_lasting_impairment": True,
        "assessed_personal_help_needed": False,
        "assessed_aid_decisive": False,
        "assessed_aid_compensates": False,
        "assessed_adaptation_decisive": False,
        "assessed_adaptation_compensates": False,
        "assessed_long_term_illness": True,
        "assessed_expected_absence_days": 20,
        "assessed_mentor_decisive": False,
        "assessed_capacity_limited_in_business": False,
        "assessed_capacity_limited_any_work": False,
        "assessed_offers_tried": False,
        "assessed_offers_pointless": False,
        "assessed_capacity_fully_used": True,
        "assessed_relevant_experience": True,
    },
    possible=frozenset({"paragraf_58a"}),
    applies_for="paragraf_58a",
)


@pytest.mark.parametrize(
    "situation",
    [EMPLOYEE_WITH_ARTHRITIS, NEWLY_GRADUATED_BLIND_ECONOMIST, SELF_EMPLOYED_WITH_CHRONIC_ILLNESS],
    ids=["employee_with_arthritis", "newly_graduated_blind_economist", "self_employed_with_chronic_illness"],
)
def test_every_scheme_is_settled_and_an_application_begun(
    chromium: Browser, live_server, mette: User, anna: Citizen, situation: Situation
) -> None:
    screen = screen_of(chromium, base_url=live_server.url, user=mette)
    screen.page.goto(f"/citizens/{anna.pk}/guidance/")
    screen.check()
    _answer_everything(screen.page, facts=situation.facts)
    assert _schemes(screen.page, "possible-title") == situation.possible
    assert _schemes(screen.page, "possible-title") | _schemes(screen.page, "ruled-out-title") == set(SCHEMES)
    screen.check()
    _begin_application(screen, scheme=situation.applies_for)


def _answer_everything(page: Page, *, facts: Mapping[str, Value]) -> None:
    asked: list[str] = []
    while page.locator("input[name=fact_code]").count():
        code = page.locator("input[name=fact_code]").input_value()
        assert code not in asked, f"{code} was asked twice"
        asked.append(code)
        _answer(page.locator(".panel-now"), value=facts[code], is_judgement=code.startswith("assessed_"))
        expect(page.locator(f"input[name=fact_code][value={code}]")).to_have_count(0)
        assert len(asked) < MOST_QUESTIONS


def _answer(panel: Locator, *, value: Value, is_judgement: bool) -> None:
    if value is None:
        panel.get_by_role("button", name="Det ved jeg ikke").click()
        return
    _choose(panel, value=value)
    if is_judgement:
        panel.locator("textarea[name=note]").fill(NOTE)
    panel.get_by_role("button", name="Gem og fortsæt").click()


def _choose(panel: Locator, *, value: Value) -> None:
    if isinstance(value, bool):
        panel.locator(f"input[name=value][value={'yes' if value else 'no'}]").check()
    elif isinstance(value, date):
        panel.locator("input[name=value]").fill(value.isoformat())
    elif isinstance(value, str) and panel.locator("select[name=value]").count():
        panel.locator("select[name=value]").select_option(value)
    elif isinstance(value, str):
        panel.locator(f"input[name=value][value={value}]").check()
    else:
        panel.locator("input[name=value]").fill(str(value).replace(".", ","))


def _schemes(page: Page, title: str) -> set[str]:
    """The codes of the schemes in the group with this heading; no heading, no group."""
    ids = page.locator(f"section[aria-labelledby={title}] h3").evaluate_all("found => found.map(one => one.id)")
    return {found.removeprefix("scheme-") for found in ids}


def _begin_application(screen: Watched, *, scheme: str) -> None:
    page = screen.page
    page.locator(f"article[aria-labelledby=scheme-{scheme}]").get_by_role("link", name="Begynd ansøgningen").click()
    page.wait_for_load_state()
    screen.check()
    page.locator("main button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/applications/[0-9a-f-]{36}/(write/)?$"))
    screen.check()
