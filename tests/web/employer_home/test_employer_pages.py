"""The employer's own pages: whom to ring, what is agreed, answering a proposal, telling a need, and reading guides."""

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.audit.enums import Verb
from jobbro.apps.employers.enums import PartnerState, Promiser
from jobbro.apps.employers.models import Company, RecruitmentNeed, Workplace
from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedJob, CarvedSupport
from tests.factories import accounts, employers, jobs
from tests.factories.rows import rows_of, run, write

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@dataclass
class Scene:
    """A company with a contact who logs in, and a proposed job of two tasks."""

    broker: User
    company: Company
    place: Workplace
    job: CarvedJob
    bente: User
    shop: Client

    @property
    def proposal(self) -> str:
        return url("our_proposal", self.job.pk)

    def state(self) -> tuple[str, str, str]:
        (row,) = rows_of(
            "select state, agreed_with, state_note from jobs_carvedjob where id = $1::uuid", value=self.job.pk
        )
        return row.state, row.agreed_with, row.state_note


def url(name: str, *values: object) -> str:
    return reverse(name, args=values)


def in_english(user: User) -> Client:
    client = accounts.log_in(Client(), user)
    client.cookies["django_language"] = "en"
    return client


def words_of(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main))


def hidden(answer, name: str) -> str:
    return re.search(rf'name="{name}" value="([^"]+)"', answer.content.decode())[1]


def proposed(place: Workplace, **fields: object) -> CarvedJob:
    baker = jobs.holder(workplace=place, hourly="210")
    tasks = (
        jobs.confirmed_task(workplace=place, holder=baker, hours=3),
        jobs.confirmed_task(workplace=place, holder=baker, name="Fylde hylder", demand={"lifting": 3}),
    )
    job = jobs.carved_job(workplace=place, tasks=tasks, **fields)
    run('update jobs_carvedjob set demand = \'{"lifting": 3, "standing": 1}\' where id = $1::uuid', value=job.pk)
    return job


@pytest.fixture
def scene() -> Scene:
    broker = employers.job_broker()
    company = employers.company(broker=broker)
    place = employers.workplace(company=company)
    bente = employers.employer_user(company=company)
    return Scene(broker=broker, company=company, place=place, job=proposed(place), bente=bente, shop=in_english(bente))


def yes(scene: Scene, *, name: str = "Bente Bager", **more: str):
    seen = hidden(scene.shop.get(scene.proposal), "seen")
    return scene.shop.post(scene.proposal, {"name": name, "seen": seen, **more})


def test_the_home_tells_whom_to_ring_what_is_agreed_and_what_can_be_done(scene: Scene) -> None:
    employers.agreement(company=scene.company)
    employers.promise(company=scene.company, due_on=TODAY - timedelta(days=1))
    employers.promise(company=scene.company, due_on=TODAY, by=Promiser.THEM, text="Vise opvasken frem")
    employers.talk(company=scene.company, held_on=TODAY, text="Fælles note")
    employers.talk(company=scene.company, held_on=TODAY, text="Kun for kolleger", is_shared=False)
    employers.yearly_talk(company=scene.company, held_on=TODAY)
    employers.need(company=scene.company)
    said = words_of(scene.shop.get("/"))
    for words in ("Who is our contact?", "Jonas Bro", "20 30 40 50", "What have we agreed?", "To besøg om året"):
        assert words in said
    for words in ("Ringe om mandagen", "the day has passed", "Vise opvasken frem", "Fælles note", "Én at ringe til."):
        assert words in said
    for words in ("What can we do now?", "1 proposal waits", "Bagerhjælp", "Hjælp til opvasken", "Tasks: Butikken"):
        assert words in said
    assert "Kun for kolleger" not in said


def test_the_menu_is_the_employers_own(scene: Scene) -> None:
    page = scene.shop.get("/").content.decode()
    nav = re.search(r'<nav class="main-nav".*?</nav>', page, re.DOTALL)[0]
    assert re.findall(r">([^<>]+)</a>", nav) == ["Home", "Proposals", "Our jobs", "Guides", "Our company"]
    assert 'class="for-citizen' in page


def test_a_yes_is_noted_with_the_name_and_gets_a_receipt(scene: Scene) -> None:
    answer = yes(scene)
    assert (answer.status_code, answer.headers["Location"]) == (302, url("our_proposal_answered", scene.job.pk))
    assert scene.state() == ("agreed", "Bente Bager", "")
    receipt = words_of(scene.shop.get(answer.headers["Location"]))
    assert "you have said yes" in receipt and "What happens next" in receipt and "Jonas Bro" in receipt
    (event,) = rows_of("select actor_id from audit_event where verb = $1", value=Verb.CARVED_JOB_MOVED)
    assert str(event.actor_id) == str(scene.bente.pk)


def test_not_now_needs_a_reason_and_frees_the_tasks(scene: Scene) -> None:
    decline = url("our_proposal_decline", scene.job.pk)
    seen = hidden(scene.shop.get(decline), "seen")
    for words in ("  ", "Ikke 010203-4567"):
        assert scene.shop.post(decline, {"words": words, "seen": seen}).status_code == 422
    assert scene.state()[0] == "proposed"
    answer = scene.shop.post(decline, {"words": "Vi flytter i marts.", "seen": seen})
    assert scene.state() == ("declined", "", "Vi flytter i marts.")
    assert "Vi flytter i marts." in words_of(scene.shop.get(answer.headers["Location"]))
    assert not rows_of("select 1 from jobs_carvedtask where is_live")


def test_without_a_name_nothing_is_agreed(scene: Scene) -> None:
    answer = yes(scene, name=" ")
    assert answer.status_code == 422 and "Write the name of whoever says yes." in words_of(answer)
    assert scene.state()[0] == "proposed"


def test_the_same_form_sent_twice_is_one_answer(scene: Scene) -> None:
    page = scene.shop.get(scene.proposal)
    sent = {"name": "Bente", "seen": hidden(page, "seen"), "form_token": hidden(page, "form_token")}
    first, second = scene.shop.post(scene.proposal, sent), scene.shop.post(scene.proposal, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(rows_of("select 1 from audit_event where verb = $1", value=Verb.CARVED_JOB_MOVED)) == 1


def test_a_proposal_that_changed_meanwhile_is_shown_again_and_then_can_be_answered(scene: Scene) -> None:
    seen = hidden(scene.shop.get(scene.proposal), "seen")
    run("update jobs_carvedjob set title = 'Ny titel', changed_at = now() where id = $1::uuid", value=scene.job.pk)
    refused = scene.shop.post(scene.proposal, {"name": "Bente", "seen": seen})
    assert refused.status_code == 409
    assert "Ny titel" in words_of(refused) and "Your answer has not been sent" in words_of(refused)
    assert scene.state()[0] == "proposed"
    assert scene.shop.post(scene.proposal, {"name": "Bente", "seen": hidden(refused, "seen")}).status_code == 302
    assert scene.state()[:2] == ("agreed", "Bente")


def test_a_form_without_its_mark_is_shown_again_with_one(scene: Scene) -> None:
    refused = scene.shop.post(scene.proposal, {"name": "Bente"})
    assert refused.status_code == 409 and scene.state()[0] == "proposed"
    assert scene.shop.post(scene.proposal, {"name": "Bente", "seen": hidden(refused, "seen")}).status_code == 302


def test_a_colleagues_answer_stands(scene: Scene) -> None:
    seen = hidden(scene.shop.get(scene.proposal), "seen")
    yes(scene, name="Ole Ovn")
    for name, sent in (("our_proposal", {"name": "Bente"}), ("our_proposal_decline", {"words": "Nej"})):
        answer = scene.shop.post(url(name, scene.job.pk), {**sent, "seen": seen})
        assert answer.status_code == 409 and "Agreed with Ole Ovn" in words_of(answer)
        assert "Yes, we would like that" not in words_of(answer)
    assert scene.state()[1] == "Ole Ovn"


@pytest.mark.parametrize("state", [CarvedState.DRAFT, CarvedState.WITHDRAWN])
def test_a_job_that_was_taken_back_says_so_and_whom_to_ring(scene: Scene, state: str) -> None:
    seen = hidden(scene.shop.get(scene.proposal), "seen")
    run(f"update jobs_carvedjob set state = '{state}' where id = $1::uuid", value=scene.job.pk)
    for answer in (scene.shop.get(scene.proposal), scene.shop.post(scene.proposal, {"name": "Bente", "seen": seen})):
        assert answer.status_code == 404
        assert "taken back" in words_of(answer) and "20 30 40 50" in words_of(answer)
    assert "Bagerhjælp" not in words_of(scene.shop.get(url("our_proposals")))
    assert scene.state()[0] == state


def test_the_proposal_tells_work_demands_support_and_cost(scene: Scene) -> None:
    for code, is_shown in (("checklists", True), ("ergonomic_tools", False)):
        write(CarvedSupport(company=scene.company, job=scene.job, measure=code, is_shown=is_shown))
    said = words_of(scene.shop.get(scene.proposal))
    assert "Vaske bageplader" in said and "Fylde hylder" in said and "Done today by: Bager" in said
    assert "Lifting" in said and "much" in said
    assert "hecklist" in said and "rgonomic" not in said
    assert "5 hours × 140 kr. = 700 kr. a week" in said


def test_the_proposal_can_be_had_on_paper_until_it_is_taken_back(scene: Scene) -> None:
    paper = url("carved_job_pdf", scene.job.pk)
    assert paper in scene.shop.get(scene.proposal).content.decode()
    answer = scene.shop.get(paper)
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")
    run("update jobs_carvedjob set state = 'withdrawn' where id = $1::uuid", value=scene.job.pk)
    assert scene.shop.get(paper).status_code == 404


@pytest.mark.parametrize(("sees", "shown"), [(True, True), (False, False)])
def test_what_posts_cost_today_is_for_those_who_may_see_wages(scene: Scene, sees: bool, shown: bool) -> None:
    run(f"update employers_contactperson set sees_wages = {sees} where user_id = $1::uuid", value=scene.bente.pk)
    said = words_of(scene.shop.get(scene.proposal))
    assert ("1,050 kr. a week" in said) == shown
    assert "210" not in said


def test_an_employer_tells_and_ends_a_need(scene: Scene) -> None:
    add = url("our_need_add")
    told = {
        "title": "Hjælp til opvasken",
        "places": "2",
        "hours_min": "7,5",
        "hours_max": "12",
        "note": "Om formiddagen",
    }
    answer = scene.shop.post(add, {**told, "workplace": str(scene.place.pk)})
    assert answer.status_code == 302
    (need,) = rows_of("select * from employers_recruitmentneed")
    assert (need.title, need.places, str(need.hours_min), need.workplace_id) == (
        "Hjælp til opvasken", 2, "7.5", str(scene.place.pk),
    )  # fmt: skip
    assert "Hjælp til opvasken" in words_of(scene.shop.get("/"))
    end = url("our_need_end", need.id)
    assert scene.shop.post(end, {}).status_code == 422
    assert scene.shop.post(end, {"state": "met"}).status_code == 302
    assert "Hjælp til opvasken" not in words_of(scene.shop.get("/"))
    assert scene.shop.post(end, {"state": "withdrawn"}).status_code == 302
    assert rows_of("select state from employers_recruitmentneed")[0].state == "met"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 200),
        ("title", "Ring til 010203-4567"),
        ("places", "mange"),
        ("places", "0"),
        ("hours_min", "nan"),
        ("hours_min", "400"),
        ("hours_max", "1"),
        ("wanted_from", "i morgen"),
        ("workplace", "0192f0c1-0000-7000-8000-000000000000"),
        ("note", "Ring til 010203-4567"),
    ],
)
def test_a_need_that_cannot_be_keeps_what_was_typed(scene: Scene, field: str, typed: str) -> None:
    sent = {"title": "Opvask", "places": "1", "hours_min": "5", "hours_max": "9", "note": "Hej", field: typed}
    answer = scene.shop.post(url("our_need_add"), sent)
    assert answer.status_code == 422
    assert not RecruitmentNeed.objects.exists()
    assert not rows_of("select 1 from employers_recruitmentneed")
    assert ("Hej" if field == "title" else "Opvask") in answer.content.decode()


def test_guides_are_tied_to_the_work_and_name_their_sources(scene: Scene) -> None:
    every = scene.shop.get(url("employer_guides"))
    assert "These fit what your jobs ask" in words_of(every)
    for path in set(re.findall(r'href="(/employer-guides/[a-z_0-9]+/)"', every.content.decode())):
        said = scene.shop.get(path)
        assert said.status_code == 200
        if "Sources" in words_of(said):
            assert "not confirmed" in words_of(said) and "noted" in words_of(said)
    assert scene.shop.get(url("employer_guide", "findes-ikke")).status_code == 404


def test_the_company_page_reads_what_we_hold(scene: Scene) -> None:
    run("update employers_workplace set features = '{quiet_room}' where id = $1::uuid", value=scene.place.pk)
    said = words_of(scene.shop.get(url("our_company")))
    assert scene.company.cvr in said and "Bente Bager" in said and "A quiet room" in said and "Call 20 30 40 50" in said


def test_somebody_with_two_companies_chooses(scene: Scene) -> None:
    other = employers.company(broker=scene.broker, name="Ådalens Vask")
    employers.contact(company=other, name="Bente Bager", user=scene.bente)
    assert "Bagerhjælp" in words_of(scene.shop.get("/"))
    chosen = scene.shop.get(f"/?company={other.pk}")
    assert "<h1>Ådalens Vask</h1>" in chosen.content.decode() and "Bagerhjælp" not in words_of(chosen)
    assert f'href="/our-proposals/?company={other.pk}"' in chosen.content.decode()
    answer = scene.shop.post(f"{url('our_need_add')}?company={other.pk}", {"title": "Hænder", "places": "1"})
    assert answer.headers["Location"] == f"/?company={other.pk}#needs"
    assert rows_of("select company_id from employers_recruitmentneed")[0].company_id == str(other.pk)


@pytest.mark.parametrize("wanted", ["nonsense", "0192f0c1-0000-7000-8000-000000000000", "stranger"])
def test_a_company_that_is_not_theirs_is_not_there(scene: Scene, wanted: str) -> None:
    if wanted == "stranger":
        wanted = str(employers.company().pk)
    for name in ("home", "our_company", "our_proposals", "our_need_add", "employer_guides"):
        assert scene.shop.get(f"{url(name)}?company={wanted}").status_code == 404


def test_a_contact_whose_time_is_over_learns_whom_to_ring(scene: Scene) -> None:
    yesterday = TODAY - timedelta(days=1)
    run(f"update employers_contactperson set until_on = '{yesterday}' where user_id = $1::uuid", value=scene.bente.pk)
    run("update organisations_unit set phone = '70 10 20 30' where true or id = $1::uuid", value=scene.bente.pk)
    answer = scene.shop.get("/")
    assert answer.status_code == 200
    said = words_of(answer)
    assert "Bageriet Kornblomst ended" in said and "70 10 20 30" in said
    assert "Bagerhjælp" not in said and "To besøg" not in said
    for name in ("our_company", "our_proposals", "employer_guides"):
        assert scene.shop.get(url(name)).status_code == 403
    assert scene.shop.get(url("help")).status_code == scene.shop.get(url("privacy")).status_code == 200


def test_an_account_without_any_company_gets_a_plain_page() -> None:
    nobody = accounts.account(name="Ida Ingen", kind="employer")
    assert "belongs to no company" in words_of(in_english(nobody).get("/"))


def test_a_closed_company_gets_a_plain_page_everywhere(scene: Scene) -> None:
    seen = hidden(scene.shop.get(scene.proposal), "seen")
    run(f"update employers_company set state = '{PartnerState.CLOSED}' where id = $1::uuid", value=scene.company.pk)
    for path in ("/", url("our_company"), url("our_proposals"), scene.proposal, url("our_need_add")):
        answer = scene.shop.get(path)
        assert answer.status_code == 200 and "closed" in words_of(answer) and "20 30 40 50" in words_of(answer)
    assert scene.shop.post(scene.proposal, {"name": "Bente", "seen": seen}).status_code == 409
    assert scene.shop.post(url("our_need_add"), {"title": "Hænder", "places": "1"}).status_code == 409
    assert scene.state()[0] == "proposed"


def test_texts_for_everybody_are_the_employers_own(scene: Scene) -> None:
    assert "You never see a citizen's file." in words_of(scene.shop.get(url("privacy"))).replace("&#x27;", "'")
    assert "Ring your contact" in words_of(scene.shop.get(url("help")))
    for name in ("privacy", "help", "accessibility", "home"):
        assert 'class="for-citizen' in scene.shop.get(url(name)).content.decode()


@pytest.mark.parametrize(
    ("name", "queries"),
    [("home", 20), ("our_company", 11), ("our_proposals", 9), ("our_proposal", 13), ("employer_guides", 9)],
)
def test_a_page_asks_few_questions(scene: Scene, django_assert_num_queries, name: str, queries: int) -> None:
    for _ in range(4):
        employers.talk(company=scene.company, held_on=TODAY)
        employers.need(company=scene.company, workplace=scene.place)
    path = scene.proposal if name == "our_proposal" else url(name)
    scene.shop.get(path)
    with django_assert_num_queries(queries):
        scene.shop.get(path)
