"""The pages of support and plan: what each reader sees, what a form promises, what comes back when it cannot be."""

import hashlib
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlparse
from uuid import UUID

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.audit.context import acting_as
from jobbro.apps.audit.models import Look
from jobbro.apps.citizens.models import Citizen
from jobbro.apps.plans.enums import ActionState, State, Who
from jobbro.apps.plans.models import Action, Goal, Plan, SupportDecision
from jobbro.apps.screening.models import Agreement
from jobbro.webkit.letters.glyphs import FONTS
from tests.factories import accounts, cases, citizens, guidance, organisations, plans

pytestmark = pytest.mark.django_db
HOSTILE = "*fed* #panic() <script>alert(1)</script> 😀 👩‍🦽 مرحبا שלום 漢字"


@dataclass
class Scene:
    """A citizen with agreed needs, their caseworker, and a browser for each."""

    staff: User
    citizen: Citizen
    agreement: Agreement
    desk: Client
    home: Client

    def url(self, name: str, *more: UUID) -> str:
        return reverse(name, args=[self.citizen.pk, *more])

    def support_form(self, **changes):
        form = {
            "occupations": list(plans.OCCUPATIONS),
            "agreement": str(self.agreement.pk),
            "decision": "",
            "act": "save",
        }
        return {**form, **changes}


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    return Scene(
        staff=staff,
        citizen=citizen,
        agreement=plans.agreed_needs(citizen=citizen, staff=staff),
        desk=accounts.log_in(Client(), staff),
        home=accounts.log_in(Client(), citizen.user),
    )


def text_of(answer) -> str:
    return answer.content.decode()


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", text_of(answer), re.DOTALL)[0]


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', text_of(answer))[1]


def as_staff(scene):
    return acting_as(scene.staff.pk)


# ---- Support ----


def test_nothing_is_ticked_before_people_have_chosen(scene):
    page = main_of(scene.desk.get(scene.url("support")))
    assert 'name="measures"' in page
    assert not re.search(r'name="measures"[^>]*checked', page)
    assert page.count('class="bridge"') == len(plans.OCCUPATIONS)


def test_before_needs_are_agreed_the_page_says_what_it_takes(scene):
    other = citizens.citizen(team=scene.citizen.case.team, given_name="Bo")
    page = main_of(scene.desk.get(reverse("support", args=[other.pk])))
    assert reverse("dialogue", args=[other.pk]) in page
    assert "<form" not in page


def test_what_was_not_talked_about_leads_back_to_its_topic(scene):
    page = main_of(scene.desk.get(scene.url("support")))
    assert reverse("dialogue_topic", args=[scene.citizen.pk, "stress"]) in page


def test_the_preview_draws_the_bridge_and_saves_nothing(scene):
    answer = scene.desk.post(
        scene.url("support"), scene.support_form(measures=["lift_trolley"], act="preview", reason="Fordi")
    )
    page = main_of(answer)
    assert answer.status_code == 200
    assert re.search(r'value="lift_trolley" checked', page)
    assert "Fordi" in page
    with as_staff(scene):
        assert SupportDecision.objects.count() == 0


def test_the_catalogue_is_searched_by_area_and_word_and_keeps_the_ticks(scene):
    form = scene.support_form(measures=["lift_trolley"], act="look", area="hearing")
    page = main_of(scene.desk.post(scene.url("support"), form))
    assert re.search(r'value="lift_trolley" checked', page)
    ids = re.findall(r'id="(measure-[^"]+)"', page)
    assert len(ids) == len(set(ids)) > 5
    nothing = main_of(scene.desk.post(scene.url("support"), scene.support_form(act="look", search="findes slet ikke")))
    assert "findes slet ikke" in nothing


def test_a_work_can_be_added_and_taken_away(scene):
    form = scene.support_form(occupations=["2341.1"], add_occupation="2411.1.7", act="preview")
    page = main_of(scene.desk.post(scene.url("support"), form))
    assert re.findall(r'name="occupations" value="([^"]+)"', page) == ["2341.1", "2411.1.7"]


def test_a_choice_is_saved_once_however_often_it_is_sent(scene):
    form = scene.support_form(measures=["lift_trolley"], reason="Vi talte om det.")
    form["form_token"] = "0190a5b0-0000-7000-8000-00000000abcd"
    first, second = (scene.desk.post(scene.url("support"), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    with as_staff(scene):
        kept = SupportDecision.objects.get()
    assert (kept.measures, kept.reason) == (["lift_trolley"], "Vi talte om det.")


def test_another_choice_without_a_reason_comes_back(scene):
    answer = scene.desk.post(scene.url("support"), scene.support_form(measures=["lift_trolley"]))
    page = main_of(answer)
    assert answer.status_code == 422
    assert "error-summary" in page
    assert re.search(r'value="lift_trolley" checked', page)


def test_a_choice_made_meanwhile_is_shown_beside_mine(scene):
    plans.decision(agreement=scene.agreement, staff=scene.staff)
    form = scene.support_form(measures=["lift_trolley"], reason="Vi talte om det.")
    answer = scene.desk.post(scene.url("support"), form)
    page = main_of(answer)
    assert answer.status_code == 409
    assert re.search(r'value="lift_trolley" checked', page)
    assert "decided-title" in page
    mark = re.search(r'name="decision" value="([^"]+)"', page)[1]
    assert scene.desk.post(scene.url("support"), {**form, "decision": mark}).status_code == 302


@pytest.mark.parametrize(
    "changes", [{"measures": ["x"]}, {"occupations": ["x"]}, {"reason": "æ" * 100_000}, {"occupations": []}]
)
def test_a_choice_that_cannot_be_read_comes_back(scene, changes):
    assert scene.desk.post(scene.url("support"), scene.support_form(**changes)).status_code == 422


def test_the_citizen_reads_what_was_chosen_and_cannot_choose(scene):
    assert "<form" not in main_of(scene.home.get(scene.url("support")))
    plans.decision(agreement=scene.agreement, staff=scene.staff)
    page = main_of(scene.home.get(scene.url("support")))
    assert page.count('class="bridge"') == len(plans.OCCUPATIONS)
    assert scene.home.post(scene.url("support"), scene.support_form()).status_code == 403


# ---- Plan ----


def test_a_plan_is_started_from_hopes_and_support(scene):
    choice = plans.decision(agreement=scene.agreement, staff=scene.staff)
    page = scene.desk.get(scene.url("plan_start"))
    assert plans.HOPES in main_of(page)
    answer = scene.desk.post(scene.url("plan_start"), {"words": plans.HOPES, "decision": str(choice.pk)})
    assert answer.headers["Location"] == scene.url("plan")
    with as_staff(scene):
        assert Goal.objects.get().words == plans.HOPES
        assert sorted(Action.objects.values_list("measure", flat=True)) == sorted(choice.measures)
        assert set(Action.objects.values_list("responsible_id", flat=True)) == {scene.staff.pk}


def test_without_a_plan_each_reader_is_told_how_one_begins(scene):
    assert scene.url("plan_start") in main_of(scene.desk.get(scene.url("plan")))
    page = main_of(scene.home.get(scene.url("plan")))
    assert scene.url("plan_start") not in page
    assert scene.url("dialogue") in page


def test_the_way_from_draft_to_agreement(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff)
    plans.step(plan=plan)
    page = scene.desk.get(scene.url("plan"))
    scene.desk.post(scene.url("plan_propose"), {"seen": seen_on(page)})
    page = scene.desk.get(scene.url("plan_agree"))
    answer = scene.desk.post(scene.url("plan_agree"), {"seen": seen_on(page), "staff": "on"})
    assert answer.headers["Location"] == scene.url("plan_agreed")
    page = scene.home.get(scene.url("plan"))
    assert scene.url("plan_agree") in main_of(page)
    page = scene.home.get(scene.url("plan_agree"))
    assert scene.home.post(scene.url("plan_agree"), {"seen": seen_on(page)}).status_code == 302
    assert 'class="receipt"' in main_of(scene.home.get(scene.url("plan_agreed")))
    with as_staff(scene):
        kept = Plan.objects.get()
    assert (kept.state, kept.citizen_recorded_by_id, kept.staff_agreed_by_id) == (State.AGREED, None, scene.staff.pk)


def test_nobody_ticked_comes_back_and_both_in_the_meeting_is_one_press(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.PROPOSED)
    plans.step(plan=plan)
    seen = seen_on(scene.desk.get(scene.url("plan_agree")))
    assert scene.desk.post(scene.url("plan_agree"), {"seen": seen}).status_code == 422
    assert scene.desk.post(scene.url("plan_agree"), {"seen": "old", "staff": "on"}).status_code == 409
    both = {"seen": seen, "staff": "on", "citizen": "on"}
    assert scene.desk.post(scene.url("plan_agree"), both).status_code == 302
    with as_staff(scene):
        assert Plan.objects.get().citizen_recorded_by_id == scene.staff.pk


def test_a_goal_changed_meanwhile_shows_both_texts(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff, goals=("Det nye mål",))
    with as_staff(scene):
        goal = Goal.objects.get()
    answer = scene.desk.post(scene.url("plan_goal", goal.pk), {"words": "Mit mål", "seen": "something older"})
    page = main_of(answer)
    assert answer.status_code == 409
    assert "Det nye mål" in page
    assert "Mit mål" in page
    again = scene.desk.post(scene.url("plan_goal", goal.pk), {"words": "Mit mål", "seen": seen_on(answer)})
    assert again.status_code == 302


def test_a_step_is_added_changed_told_and_removed(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    with as_staff(scene):
        goal = Goal.objects.get()
    form = {"title": "Ring", "person": "other", "other_name": "", "due_on": "2027-03-03"}
    assert scene.desk.post(scene.url("plan_step_add", goal.pk), form).status_code == 422
    scene.desk.post(scene.url("plan_step_add", goal.pk), {**form, "other_name": "Karen"})
    with as_staff(scene):
        step = Action.objects.get()
    assert (step.who, step.responsible_name, str(step.due_on)) == (Who.OTHER, "Karen", "2027-03-03")
    page = scene.desk.get(scene.url("plan_step", step.pk))
    assert 'value="2027-03-03"' in text_of(page)
    changed = {"title": "Skriv", "person": str(scene.staff.pk), "due_on": "", "seen": seen_on(page)}
    assert scene.desk.post(scene.url("plan_step", step.pk), changed).status_code == 302
    page = scene.desk.get(scene.url("plan_step_tell", step.pk))
    told = {"move": "finish", "words": "Det lykkedes.", "seen": seen_on(page)}
    assert scene.desk.post(scene.url("plan_step_tell", step.pk), told).status_code == 302
    with as_staff(scene):
        step = Action.objects.get()
    assert (step.responsible_id, step.state, step.outcome) == (scene.staff.pk, ActionState.DONE, "Det lykkedes.")
    page = scene.desk.get(scene.url("plan_step_remove", step.pk))
    assert scene.desk.post(scene.url("plan_step_remove", step.pk), {"seen": "old"}).status_code == 409
    assert scene.desk.post(scene.url("plan_step_remove", step.pk), {"seen": seen_on(page)}).status_code == 302
    with as_staff(scene):
        assert not Action.objects.exists()


def test_a_change_of_an_agreed_plan_says_that_both_agree_again(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    answer = scene.desk.post(scene.url("plan_goal_add"), {"words": "Et mål mere"}, follow=True)
    assert "alert-warning" in main_of(answer)
    with as_staff(scene):
        assert Plan.objects.get().state == State.DRAFT


def test_the_citizen_tells_about_their_own_step_and_no_other(scene):
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    own = plans.step(plan=plan)
    theirs = plans.step(plan=plan, who=Who.STAFF, responsible=scene.staff)
    page = scene.home.get(scene.url("plan_step_tell", own.pk))
    told = {"move": "start", "words": "Jeg har ringet.", "seen": seen_on(page)}
    assert scene.home.post(scene.url("plan_step_tell", own.pk), told).status_code == 302
    assert scene.home.get(scene.url("plan_step_tell", theirs.pk)).status_code == 404
    page = scene.desk.post(scene.url("plan_step_tell", own.pk), told)
    assert page.status_code == 409
    assert "Jeg har ringet." in main_of(scene.home.get(scene.url("plan")))


def test_a_plan_is_closed_with_words(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED)
    page = scene.desk.get(scene.url("plan_close"))
    assert scene.desk.post(scene.url("plan_close"), {"seen": seen_on(page), "words": ""}).status_code == 422
    assert scene.desk.post(scene.url("plan_close"), {"seen": "old", "words": "Slut"}).status_code == 409
    assert (
        scene.desk.post(scene.url("plan_close"), {"seen": seen_on(page), "words": "Anna fik job."}).status_code == 302
    )
    assert "Anna fik job." in main_of(scene.home.get(scene.url("plan")))
    assert scene.url("plan_start") in main_of(scene.desk.get(scene.url("plan")))


def test_an_empty_plan_is_not_proposed_and_says_why(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    page = scene.desk.get(scene.url("plan"))
    answer = scene.desk.post(scene.url("plan_propose"), {"seen": seen_on(page)}, follow=True)
    assert "alert-error" in main_of(answer)


NAMES = (
    "support",
    "plan",
    "plan_pdf",
    "plan_start",
    "plan_agree",
    "plan_agreed",
    "plan_revise",
    "plan_close",
    "plan_goal_add",
)


@pytest.mark.parametrize("name", NAMES)
def test_behind_the_wall_every_page_is_not_there(scene, name):
    plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.PROPOSED)
    stranger = accounts.log_in(Client(), accounts.employee(team=organisations.team()))
    assert stranger.get(scene.url(name)).status_code == 404


def test_a_key_person_in_the_team_reads_and_does_not_write(scene):
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=scene.citizen.case.team.unit, name="Kim Nøgle")
    cases.member(case=scene.citizen.case, user=key_person)
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    reader = accounts.log_in(Client(), key_person)
    page = main_of(reader.get(scene.url("plan")))
    assert "<form" not in page
    assert scene.url("plan_goal_add") not in page
    assert reader.get(scene.url("plan_goal_add")).status_code == 403


def test_every_look_is_recorded_with_its_kind(scene):
    plans.plan(citizen=scene.citizen, staff=scene.staff)
    for name in ("support", "plan", "plan_pdf"):
        scene.desk.get(scene.url(name))
    with acting_as(scene.citizen.user_id):
        looks = list(Look.objects.order_by("id").values_list("view", "kind", "tier", "purpose"))
    assert looks == [
        ("support", "read", "health", "casework"),
        ("plan", "read", "health", "casework"),
        ("plan_pdf", "print", "health", "casework"),
    ]


@pytest.mark.parametrize("size", [1, 6])
@pytest.mark.parametrize(("name", "queries"), [("support", 19), ("plan", 25), ("plan_pdf", 18)])
def test_the_number_of_queries_does_not_grow_with_the_plan(scene, name, queries, size):
    choice = plans.decision(agreement=scene.agreement, staff=scene.staff)
    plan = plans.plan(
        citizen=scene.citizen, staff=scene.staff, state=State.AGREED, decision=choice, goals=tuple("x" * size)
    )
    for place in range(size):
        plans.step(plan=plan, who=Who.STAFF, responsible=scene.staff, place=place)
    with CaptureQueriesContext(connection) as captured:
        assert scene.desk.get(scene.url(name)).status_code == 200
    assert len(captured) == queries


@pytest.mark.parametrize(
    ("told", "words"),
    [({}, "more has to be known"), ({"assessed_mentor_beyond_usual": False}, "does not fit as it is now")],
)
def test_whoever_could_pay_is_named_with_whether_the_scheme_looks_possible(scene, told, words):
    for code, value in told.items():
        guidance.told_fact(citizen=scene.citizen, by=scene.staff, code=code, value=value)
    guidance.told_fact(citizen=scene.citizen, by=scene.staff, code="benefit", value="wage")
    choice = plans.decision(
        agreement=scene.agreement, staff=scene.staff, measures=("workplace_mentor",), reason="Vi ville."
    )
    plans.plan(citizen=scene.citizen, staff=scene.staff, decision=choice)
    scene.desk.cookies["django_language"] = "en"
    for name in ("plan", "support"):
        assert f"(mentor): {words}" in main_of(scene.desk.get(scene.url(name)))


# ---- On paper ----


def test_the_letter_is_tagged_and_tells_nothing_by_its_name(scene):
    choice = plans.decision(agreement=scene.agreement, staff=scene.staff)
    plan = plans.plan(citizen=scene.citizen, staff=scene.staff, state=State.AGREED, decision=choice, goals=(HOSTILE,))
    plans.step(plan=plan, title=HOSTILE, who=Who.OTHER, name=HOSTILE[:100], outcome=HOSTILE)
    answer = scene.home.get(scene.url("plan_pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="plan.pdf"'
    assert urlparse(scene.url("plan_pdf")).path.endswith("/plan.pdf")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        root = pdf.Root
        assert str(root.Lang).startswith("da")
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
        figures = list(_elements(root.StructTreeRoot, "/Figure"))
        tables = list(_elements(root.StructTreeRoot, "/Table"))
    assert figures[0] == "jobbro"
    assert len(figures) == 1 + len(plans.OCCUPATIONS)
    assert all(len(alt) > 40 for alt in figures[1:])
    assert len(tables) == 1 + len(plans.OCCUPATIONS)


@pytest.mark.parametrize(
    "text", ["e\u0301\u0327\u0301 ש\u0301", "a\u20dd", "\u202egro\u202c", "🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 1️⃣", "ᚠ漢字", "x" * 20_000]
)
def test_whatever_was_written_the_letter_is_made(scene, text):
    plans.plan(citizen=scene.citizen, staff=scene.staff, goals=(text,))
    answer = scene.desk.get(scene.url("plan_pdf"))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def _elements(node, kind):
    """The alternative texts of all elements of a kind."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _elements(node.K, kind)


# ---- As they look ----


def page_of(browser: Client, url: str) -> str:
    """The page's own part in English, which no translator changes, without keys and days that are new each time."""
    browser.cookies["django_language"] = "en"
    text = re.search(r'<div id="messages".*</main>', text_of(browser.get(url)), re.DOTALL)[0]
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', 'name="csrfmiddlewaretoken"', text)
    text = re.sub(r'name="seen" value="\w+"', 'name="seen"', text)
    return re.sub(r"\n\s*\n+", "\n", text)


@pytest.mark.parametrize("reader", ["desk", "home"])
@pytest.mark.parametrize("name", ["support", "plan", "plan_agree"])
def test_the_page_looks_as_it_did(scene, name, reader, snapshot):
    choice = plans.decision(agreement=scene.agreement, staff=scene.staff, reason="Vi talte om det.")
    plan = plans.plan(
        citizen=scene.citizen, staff=scene.staff, state=State.PROPOSED, decision=choice, goals=("Ro.", "Løn & fri.")
    )
    plans.step(plan=plan, title="Ring <i>nu</i>", due_on=date(2031, 3, 3), outcome="Jeg har skrevet.\nTo gange.")
    plans.step(plan=plan, who=Who.STAFF, responsible=scene.staff, measure=choice.measures[0], place=2)
    plans.step(plan=plan, who=Who.OTHER, name="Karen", state=ActionState.DONE, place=3)
    assert page_of(getattr(scene, reader), scene.url(name)) == snapshot


@pytest.mark.parametrize("name", ["support", "plan"])
def test_the_queries_are_these(scene, name, snapshot):
    choice = plans.decision(agreement=scene.agreement, staff=scene.staff)
    plans.step(plan=plans.plan(citizen=scene.citizen, staff=scene.staff, decision=choice))
    with CaptureQueriesContext(connection) as captured:
        scene.desk.get(scene.url(name))
    assert [_without_values(query["sql"]) for query in captured] == snapshot


def _without_values(sql: str) -> str:
    """The beginning of a statement without what is new each time."""
    return re.sub(r'"s\d+_x\d+"|%s|\$\d+', "?", re.sub(r"'[^']*'", "?", sql))[:160]


def test_the_fonts_are_those_that_were_vendored():
    listed = {entry["file"]: entry["sha256"] for entry in json.loads((FONTS / "vendor.json").read_text())}
    assert listed == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FONTS.glob("*.ttf")}
