"""The pages of guidance: what each reader sees, what a form promises, what comes back when it cannot be."""

import re
from dataclasses import dataclass
from uuid import UUID, uuid4

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
from jobbro.apps.guidance.enums import Standing
from jobbro.apps.guidance.models import GuidanceAnswer, ToldFact
from jobbro.engines.schemes.loading import load_package
from tests.factories import accounts, cases, citizens, guidance, organisations, plans

pytestmark = pytest.mark.django_db
HOSTILE = "<script>alert(1)</script> 😀 مرحبا"


@dataclass
class Scene:
    """A citizen with agreed needs, their caseworker, and a browser for each."""

    staff: User
    citizen: Citizen
    desk: Client
    home: Client

    def url(self, name: str, *more: UUID | str) -> str:
        return reverse(name, args=[self.citizen.pk, *more])

    def tell(self, code: str, value: object = None, **changes: object) -> ToldFact:
        return guidance.told_fact(citizen=self.citizen, by=self.staff, code=code, value=value, **changes)

    def rows(self, code: str) -> list[tuple[str, object]]:
        with acting_as(self.staff.pk):
            found = ToldFact.objects.filter(code=code).order_by("told_at")
            return list(found.values_list("standing", "value"))


@pytest.fixture
def scene() -> Scene:
    team = organisations.team()
    staff = accounts.employee(team=team)
    citizen = citizens.citizen(team=team, lead=staff, has_login=True)
    plans.agreed_needs(citizen=citizen, staff=staff)
    browsers = [accounts.log_in(Client(), user) for user in (staff, citizen.user)]
    for browser in browsers:
        # English, which no translator changes.
        browser.cookies["django_language"] = "en"
    return Scene(staff=staff, citizen=citizen, desk=browsers[0], home=browsers[1])


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def words_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", main_of(answer)).split())


# ---- The page ----


def test_every_scheme_is_answered_once(scene):
    page = main_of(scene.desk.get(scene.url("guidance")))
    shown = re.findall(r'id="scheme-(\w+)"', page)
    assert sorted(shown) == sorted(load_package().schemes)


def test_the_groups_stand_in_their_order_and_say_why(scene):
    scene.tell("work_form", "self_employed")
    words = words_of(scene.desk.get(scene.url("guidance")))
    assert words.index("We need to know …") < words.index("It does not fit, because …")
    assert "it is required that" in words[words.index("It does not fit, because …") :]


def test_a_no_tells_what_about_the_job_would_make_it_possible(scene):
    scene.tell("work_form", "none")
    words = words_of(scene.desk.get(scene.url("guidance")))
    assert "It could fit if" in words[words.index("It does not fit, because …") :]


def test_a_scheme_whose_conditions_all_hold_looks_possible(scene):
    for code, value in {
        "work_form": "employee",
        "assessed_mentor_decisive": True,
        "assessed_mentor_beyond_usual": True,
        "benefit": "wage",
    }.items():
        scene.tell(code, value)
    words = words_of(scene.desk.get(scene.url("guidance")))
    possible = words[words.index("It looks as if …") : words.index("We need to know …")]
    assert "Mentor support" in possible
    assert "discretion" in possible


def test_one_answer_leads_to_the_next_question(scene):
    page = main_of(scene.home.get(scene.url("guidance")))
    code = re.search(r'name="fact_code" value="(\w+)"', page)[1]
    value = re.search(r'name="value"[^>]*value="(\w+)"', page)[1]
    answer = scene.home.post(scene.url("guidance"), {"fact_code": code, "seen": "", "value": value, "go": "save"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == scene.url("guidance")
    after = main_of(scene.home.get(answer.headers["Location"]))
    assert re.search(r'name="fact_code" value="(\w+)"', after)[1] != code
    assert len(scene.rows(code)) == 1


def test_i_do_not_know_is_an_answer(scene):
    form = {"fact_code": "work_form", "seen": "", "value": "dont_know", "go": "save"}
    assert scene.home.post(scene.url("guidance"), form).status_code == 302
    number = {"fact_code": "hours_per_week", "seen": "", "value": "", "go": "dont_know"}
    assert scene.home.post(scene.url("guidance"), number).status_code == 302
    assert scene.rows("work_form") == scene.rows("hours_per_week") == [(Standing.UNANSWERABLE, None)]


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("work_form", "astronaut"),
        ("work_form", ""),
        ("hours_per_week", "mange"),
        ("hours_per_week", "81"),
        ("hours_per_week", "nan"),
        ("hours_per_week", "10,125"),
        ("start_on", "32.13.2026"),
        ("old_course_started_on", "2031-01-01"),
    ],
)
def test_an_answer_that_cannot_be_comes_back_with_what_was_typed(scene, code, value):
    form = {"fact_code": code, "seen": "", "value": value, "go": "save"}
    answer = scene.desk.post(scene.url("guidance"), form)
    assert answer.status_code == 422
    assert "error-summary" in main_of(answer)
    assert scene.rows(code) == []


def test_two_answers_that_cannot_both_be_true_say_what_to_change(scene):
    scene.tell("unemployed", True)
    form = {"fact_code": "benefit", "seen": "", "value": "wage", "go": "save"}
    answer = scene.desk.post(scene.url("guidance"), form)
    assert answer.status_code == 422
    assert "Change one of the answers." in words_of(answer)


def test_an_answer_given_meanwhile_is_shown_and_mine_can_be_sent_again(scene):
    scene.tell("written_agreement", True)
    form = {"fact_code": "written_agreement", "seen": "", "value": "no", "go": "save"}
    answer = scene.desk.post(scene.url("guidance"), form)
    assert answer.status_code == 409
    seen = re.search(r'name="seen" value="([^"]+)"', main_of(answer))[1]
    assert scene.desk.post(scene.url("guidance"), {**form, "seen": seen}).status_code == 302
    assert [value for _, value in scene.rows("written_agreement")] == [True, False]


def test_the_same_form_sent_twice_is_one_act(scene):
    form = {"fact_code": "work_form", "seen": "", "value": "employee", "go": "save", "form_token": str(uuid4())}
    first, second = (scene.desk.post(scene.url("guidance"), form) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert len(scene.rows("work_form")) == 1


def test_a_citizen_is_never_asked_for_a_judgement(scene):
    page = main_of(scene.home.get(scene.url("guidance")))
    assert 'name="fact_code" value="assessed_' not in page
    form = {"fact_code": "assessed_disability", "seen": "", "value": "yes", "note": "Ja", "go": "save"}
    assert scene.home.post(scene.url("guidance"), form).status_code == 403
    assert scene.home.get(scene.url("guidance_fact", "assessed_disability")).status_code == 200
    assert "<form" not in main_of(scene.home.get(scene.url("guidance_fact", "assessed_disability")))


def test_a_judgement_without_a_note_comes_back(scene):
    form = {"fact_code": "assessed_disability", "seen": "", "value": "yes", "note": "", "go": "save"}
    assert scene.desk.post(scene.url("guidance"), form).status_code == 422
    assert scene.desk.post(scene.url("guidance"), {**form, "note": HOSTILE}).status_code == 302
    page = main_of(scene.home.get(scene.url("guidance_fact", "assessed_disability")))
    assert "&lt;script&gt;" in page


def test_facts_that_clash_are_told_and_not_counted(scene):
    scene.tell("unemployed", True)
    scene.tell("benefit", "wage")
    words = words_of(scene.desk.get(scene.url("guidance")))
    assert "Something does not fit together" in words
    assert "Until it is put right we count as not known" in words


def test_what_the_schemes_could_relieve_is_drawn_with_who_pays(scene):
    page = main_of(scene.desk.get(scene.url("guidance")))
    assert page.count('class="bridge"') == 1
    assert "perhaps" in page
    assert "Could make easier: Standing" in words_of(scene.desk.get(scene.url("guidance")))


def test_the_employers_duty_stands_beside(scene):
    assert "reasonable accommodation" in words_of(scene.home.get(scene.url("guidance")))


def test_a_key_person_reads_and_does_not_write(scene):
    key_person = accounts.employee(role=Role.KEY_PERSON, unit=scene.citizen.case.team.unit, name="Kim Nøgle")
    cases.member(case=scene.citizen.case, user=key_person)
    reader = accounts.log_in(Client(), key_person)
    assert "<form" not in main_of(reader.get(scene.url("guidance")))
    form = {"fact_code": "work_form", "value": "employee", "go": "save"}
    assert reader.post(scene.url("guidance"), form).status_code == 403
    assert reader.get(scene.url("guidance_keep")).status_code == 403
    assert reader.get(scene.url("guidance_fact_withdraw", "work_form")).status_code == 403


@pytest.mark.parametrize(
    "form",
    [
        {"fact_code": "work_form", "seen": "x", "value": "employee"},
        {"fact_code": "business_full_months", "value": "9" * 5000},
        {"fact_code": "hours_per_week", "value": "1e999"},
        {"fact_code": "hours_per_week", "value": "٣٧"},
        {"fact_code": "work_form", "value": "employee", "note": "x\0y"},
        {"fact_code": "work_form", "value": "employee", "note": "æ" * 4001},
        {"fact_code": "work_form", "value": "employee", "source": "register"},
        {"fact_code": "x" * 10_000, "value": "employee"},
        {"fact_code": "work_form' or 1=1", "value": "employee"},
        {},
    ],
)
def test_a_form_that_nobody_made_is_refused_or_read_and_never_breaks(scene, form):
    answer = scene.desk.post(scene.url("guidance"), {"go": "save", **form})
    assert answer.status_code in (302, 404, 422)
    assert (answer.status_code == 302) == (form.get("value") == "٣٧")


# ---- What if ----


def test_what_if_shows_what_changes_and_stores_nothing(scene):
    scene.tell("work_form", "employee")
    form = {"work_form": "self_employed", "decision_on": "2026-12-01", "hours_per_week": "12,5"}
    answer = scene.desk.post(scene.url("guidance_what_if"), form)
    words = words_of(answer)
    assert answer.status_code == 200
    assert "Then: does not fit." in words
    assert "Tuesday 1 December 2026" in words
    assert len(scene.rows("work_form")) == 1
    assert scene.rows("hours_per_week") == []


def test_what_if_shows_another_work(scene):
    answer = scene.home.post(scene.url("guidance_what_if"), {"work": "2411.1.7"})
    assert answer.status_code == 200
    assert "No scheme is answered otherwise." in words_of(answer)
    assert main_of(answer).count('class="bridge"') <= 1


@pytest.mark.parametrize(
    "form", [{"work_form": "x"}, {"decision_on": "i morgen"}, {"hours_per_week": "-1"}, {"work": "x"}]
)
def test_what_if_that_cannot_be_read_comes_back(scene, form):
    assert scene.desk.post(scene.url("guidance_what_if"), form).status_code == 422


# ---- Facts ----


def test_the_list_says_who_and_until_when(scene):
    scene.tell("hours_per_week", 20.0, good_until=scene.tell("work_form", "employee").observed_on.replace(year=2031))
    words = words_of(scene.home.get(scene.url("guidance_facts")))
    assert "20 hours a week" in words
    assert "Mette Holm" in words
    assert "It holds up to and including Monday 3 March 2031" in words


def test_a_fact_is_put_right_by_a_new_row(scene):
    first = scene.tell("work_form", "employee")
    form = {"seen": str(first.pk), "value": "self_employed", "go": "save", "source": "documented", "note": "Set i CVR."}
    assert scene.desk.post(scene.url("guidance_fact", "work_form"), form).status_code == 302
    words = words_of(scene.desk.get(scene.url("guidance_fact", "work_form")))
    assert words.index("Own business") < words.index(
        "Ordinary job as an employee", words.index("Everything that was told")
    )
    assert "Set i CVR." in words


def test_a_fact_from_an_earlier_day_runs_out_earlier(scene):
    form = {"seen": "", "value": "20", "go": "save", "source": "documented", "observed_on": "2026-01-15"}
    assert scene.desk.post(scene.url("guidance_fact", "hours_per_week"), form).status_code == 302
    with acting_as(scene.staff.pk):
        row = ToldFact.objects.get(code="hours_per_week")
    assert (str(row.observed_on), str(row.good_until)) == ("2026-01-15", "2027-01-15")
    late = {**form, "seen": str(row.pk), "value": "21", "observed_on": "2099-01-01"}
    answer = scene.desk.post(scene.url("guidance_fact", "hours_per_week"), late)
    assert answer.status_code == 422
    assert 'id="id_observed_on_error"' in main_of(answer)


def test_a_fact_is_taken_back_after_asking(scene):
    first = scene.tell("work_form", "employee")
    page = main_of(scene.home.get(scene.url("guidance_fact_withdraw", "work_form")))
    assert str(first.pk) in page
    stale = scene.home.post(scene.url("guidance_fact_withdraw", "work_form"), {"seen": str(uuid4()), "note": "Nej"})
    assert stale.status_code == 409
    form = {"seen": str(first.pk), "note": "Jobbet blev ikke til noget."}
    assert scene.home.post(scene.url("guidance_fact_withdraw", "work_form"), form).status_code == 302
    assert [standing for standing, _ in scene.rows("work_form")] == [Standing.TOLD, Standing.WITHDRAWN]
    assert "Told once, but it counts no more" in words_of(scene.home.get(scene.url("guidance_facts")))


def test_a_fact_that_nobody_knows_of_is_not_there(scene):
    assert scene.desk.get(scene.url("guidance_fact", "findes-ikke")).status_code == 404
    assert scene.desk.post(scene.url("guidance"), {"fact_code": "findes_ikke", "value": "1"}).status_code == 404
    assert scene.desk.post(scene.url("guidance_fact_withdraw", "work_form"), {"note": "x"}).status_code == 404


# ---- Kept ----


def test_kept_guidance_reads_as_it_was_given(scene):
    scene.tell("work_form", "self_employed")
    answer = scene.desk.post(scene.url("guidance_keep"), {"note": HOSTILE})
    with acting_as(scene.staff.pk):
        kept = GuidanceAnswer.objects.get()
    assert answer.headers["Location"] == scene.url("guidance_answer", kept.pk)
    page = scene.home.get(scene.url("guidance_answer", kept.pk))
    assert "it comes out exactly the same" in words_of(page)
    assert "&lt;script&gt;" in main_of(page)
    assert "1 schemes look possible" not in words_of(page)
    assert scene.url("guidance_answer", kept.pk) in main_of(scene.home.get(scene.url("guidance_answers")))


def test_the_citizen_does_not_keep(scene):
    assert scene.home.get(scene.url("guidance_keep")).status_code == 403
    assert scene.home.get(scene.url("guidance_answer", uuid4())).status_code == 404
    assert "Nothing has been kept yet" in words_of(scene.home.get(scene.url("guidance_answers")))


# ---- The wall and the log ----

NAMES = ("guidance", "guidance_what_if", "guidance_facts", "guidance_keep", "guidance_answers")


@pytest.mark.parametrize("name", NAMES)
def test_behind_the_wall_every_page_is_not_there(scene, name):
    stranger = accounts.log_in(Client(), accounts.employee(team=organisations.team()))
    assert stranger.get(scene.url(name)).status_code == 404
    form = {"fact_code": "work_form", "value": "employee", "go": "save", "note": "x"}
    if name not in ("guidance_facts", "guidance_answers"):
        assert stranger.post(scene.url(name), form).status_code == 404


def test_every_look_is_recorded_with_its_kind(scene):
    scene.desk.get(scene.url("guidance"))
    scene.desk.post(scene.url("guidance"), {"fact_code": "work_form", "seen": "", "value": "employee", "go": "save"})
    scene.desk.post(scene.url("guidance_what_if"), {"work_form": "employee"})
    with acting_as(scene.citizen.user_id):
        looks = list(Look.objects.order_by("id").values_list("view", "kind", "tier", "purpose"))
    assert looks == [
        ("guidance", "read", "health", "casework"),
        ("guidance", "write", "health", "casework"),
        ("guidance_what_if", "read", "health", "casework"),
    ]


@pytest.mark.parametrize("size", [1, 12])
@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("guidance", 15),
        ("guidance_facts", 16),
        ("guidance_what_if", 15),
        ("guidance_keep", 15),
        ("guidance_answers", 11),
    ],
)
def test_the_number_of_queries_does_not_grow_with_what_is_told(scene, name, queries, size):
    codes = [code for code, fact in load_package().facts.items() if fact.type == "bool" and not fact.is_assessed]
    for code in codes[:size]:
        scene.tell(code, False)
    with CaptureQueriesContext(connection) as captured:
        assert scene.desk.get(scene.url(name)).status_code == 200
    assert len(captured) == queries


@pytest.mark.parametrize("name", ["guidance", "guidance_facts"])
def test_the_queries_are_these(scene, name, snapshot):
    scene.tell("work_form", "employee")
    with CaptureQueriesContext(connection) as captured:
        scene.desk.get(scene.url(name))
    assert [_without_values(query["sql"]) for query in captured] == snapshot


def _without_values(sql: str) -> str:
    """The beginning of a statement without what is new each time."""
    return re.sub(r'"s\d+_x\d+"|%s|\$\d+', "?", re.sub(r"'[^']*'", "?", sql))[:160]
