"""The pages of the workshop: from the order of a search to the job agreed with the employer."""

import io
import json
import re

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.jobs import waiting
from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedJob, CarvedSupport, Carving, Holder
from jobbro.apps.jobs.selectors import carvings
from jobbro.apps.jobs.selectors.proposals import proposal_page
from jobbro.apps.jobs.services.carving_runs import run_search
from jobbro.engines.support.catalogue import catalogue
from jobbro.web.carving.printing import printed_proposal
from tests.factories import citizens, employers, jobs
from tests.factories.accounts import acting, employee, log_in
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of, run
from tests.factories.screening import agreed_dialogue

pytestmark = pytest.mark.django_db


@pytest.fixture
def bakery() -> Bakery:
    return Bakery()


@pytest.fixture
def desk(bakery: Bakery) -> Client:
    return log_in(Client(), bakery.broker)


def order(bakery: Bakery, **changes: object) -> dict[str, object]:
    """What the form holds when nothing but the person and the wage was touched."""
    return {
        "whom": "citizens",
        "citizens": [str(bakery.anna.pk)],
        "wage": "140",
        "seconds": "5",
        "max_tasks": "8",
        "max_places": "2",
        "max_measures": "3",
        "measures": [],
        **changes,
    }


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def seen_on(answer) -> str:
    return re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]


def test_from_the_order_to_the_agreed_job(bakery: Bakery, desk: Client) -> None:
    start = reverse("carving_start", args=[bakery.workplace.pk])
    assert bakery.anna.name in main_of(desk.get(start))
    begun = desk.post(start, order(bakery))
    assert begun.status_code == 302
    with acting(bakery.broker):
        search = Carving.objects.get()
    waiting = desk.get(begun["Location"])
    assert "http-equiv" not in waiting.content.decode() and bakery.anna.name not in main_of(waiting)
    assert "http-equiv" in desk.get(begun["Location"], {"follow": "1"}).content.decode()
    run_search(carving_id=search.pk, user_id=bakery.broker.pk)
    found = desk.get(begun["Location"])
    assert bakery.anna.name in main_of(found) and "Pakke brød" in main_of(found)
    taken = desk.post(reverse("carving_take", args=[search.pk]), {"suggestion": "0"})
    with acting(bakery.broker):
        job = CarvedJob.objects.get()
    assert taken["Location"] == reverse("carved_job", args=[job.pk])
    assert "Pakke brød" in main_of(desk.get(taken["Location"]))
    propose = reverse("carved_job_propose", args=[job.pk])
    page = desk.get(propose)
    assert bakery.anna.name not in main_of(page)
    assert desk.post(propose, {"seen": seen_on(page), "act": "send"}).status_code == 302
    agree = reverse("carved_job_state", args=[job.pk, "agree"])
    page = desk.get(agree)
    assert desk.post(agree, {"seen": seen_on(page), "agreed_with": "", "on": "2026-11-20"}).status_code == 422
    page = desk.get(agree)
    sent = desk.post(agree, {"seen": seen_on(page), "agreed_with": "Bente Bager", "on": "2026-11-20"})
    assert sent.status_code == 302
    with acting(bakery.broker):
        assert CarvedJob.objects.get().state == CarvedState.AGREED
    assert "Bente Bager" in main_of(desk.get(reverse("carved_job", args=[job.pk])))


# ---- The search ----


def searched(bakery: Bakery, **order: object) -> Carving:
    return bakery.search(seconds=1, **order)


def taken(bakery: Bakery) -> CarvedJob:
    return bakery.take(searched(bakery))


def url(name: str, *values: object) -> str:
    return reverse(name, args=values)


def test_what_was_typed_stands_in_the_form_that_comes_back(bakery: Bakery, desk: Client) -> None:
    answer = desk.post(url("carving_start", bakery.workplace.pk), order(bakery, wage="mange", citizens=[]))
    main = main_of(answer)
    assert answer.status_code == 422
    assert 'value="mange"' in main and "id_citizens_0" in main
    with acting(bakery.broker):
        assert not Carving.objects.exists()


def test_the_start_says_what_is_left_out_and_where_to_mend_it(bakery: Bakery, desk: Client) -> None:
    bare = jobs.task(workplace=bakery.workplace, name="Tømme skrald")
    jobs.confirmed_task(workplace=bakery.workplace, holder=jobs.holder(workplace=bakery.workplace, name="Elev"))
    other = citizens.citizen(team=bakery.team, lead=bakery.broker, given_name="Bo")
    main = main_of(desk.get(url("carving_start", bakery.workplace.pk)))
    with acting(bakery.broker):
        post = Holder.objects.get(name="Elev")
    assert url("task_demand", bare.pk) in main and url("holder_change", post.pk) in main
    assert url("dialogue", other.pk) in main
    refused = desk.post(url("carving_start", bakery.workplace.pk), order(bakery))
    assert refused.status_code == 422 and "Elev" in main_of(refused)


def test_progress_is_told_without_looking_at_anybody(bakery: Bakery, desk: Client) -> None:
    desk.post(url("carving_start", bakery.workplace.pk), order(bakery))
    with acting(bakery.broker):
        search = Carving.objects.get()
    looks = looks_at(bakery)
    htmx = {"HX-Request": "true"}
    same = desk.get(url("carving", search.pk), {"told": "waiting"}, headers=htmx)
    assert b"search-news" not in same.content and b"<main" not in same.content
    run("update jobs_carving set state = 'running', progress_at = now() where id = $1::uuid", value=search.pk)
    news = desk.get(url("carving", search.pk), {"told": "waiting"}, headers=htmx)
    assert b'hx-swap-oob="innerHTML"' in news.content and b"told=searching" in news.content
    assert looks_at(bakery) == looks
    run("update jobs_carving set progress_at = now() - interval '2 minutes' where id = $1::uuid", value=search.pk)
    lost = desk.get(url("carving", search.pk), {"told": "searching"}, headers=htmx)
    assert lost.status_code == 204 and lost["HX-Redirect"] == url("carving", search.pk)
    assert url("carving_start", bakery.workplace.pk) in main_of(desk.get(url("carving", search.pk)))


def looks_at(bakery: Bakery) -> int:
    return len(rows_of("select id from audit_look where $1::uuid = any(citizen_ids)", value=bakery.anna.pk))


def test_a_search_that_waits_is_stopped_and_can_be_started_again(bakery: Bakery, desk: Client) -> None:
    desk.post(url("carving_start", bakery.workplace.pk), order(bakery))
    with acting(bakery.broker):
        search = Carving.objects.get()
    stopped = desk.post(url("carving_stop", search.pk))
    assert stopped["Location"] == url("carving", search.pk)
    main = main_of(desk.get(stopped["Location"]))
    assert url("carving_start", bakery.workplace.pk) in main
    assert desk.post(url("carving_stop", search.pk)).status_code == 302


def test_two_who_take_the_same_tasks_are_told_which(bakery: Bakery, desk: Client) -> None:
    first, second = searched(bakery), searched(bakery)
    bakery.take(first)
    answer = desk.post(url("carving_take", second.pk), {"suggestion": "0", "key": "p1"})
    assert answer.status_code == 409
    assert "Pakke brød" in re.search(r"alert-warning.*?</div>", main_of(answer), re.DOTALL)[0]


def test_a_taken_suggestion_says_where_its_tasks_are_and_can_be_taken_again_when_they_are_free(
    bakery: Bakery, desk: Client
) -> None:
    search = searched(bakery)
    take = url("carving_take", search.pk)
    assert take in main_of(desk.get(url("carving", search.pk)))
    job = bakery.take(search)
    found = desk.get(url("carving", search.pk))
    assert take not in main_of(found) and url("carved_job", job.pk) in main_of(found)
    (suggested,) = found.context["suggestion"].jobs
    assert [(one.job_id, one.is_it) for one in suggested.held_by] == [(job.pk, True)]
    (other,) = desk.get(url("carving", search.pk), {"suggestion": "1"}).context["suggestion"].jobs
    assert [(one.job_id, one.is_it) for one in other.held_by] == [(job.pk, False)]
    withdraw = url("carved_job_state", job.pk, "withdraw")
    desk.post(withdraw, {"seen": seen_on(desk.get(withdraw))})
    assert take in main_of(desk.get(url("carving", search.pk)))


def test_too_few_who_wait_is_nobodys_fault(bakery: Bakery, desk: Client) -> None:
    search = searched(bakery)
    failed = "update jobs_carving set state = 'failed', failure = 'few_wait', answer = null where id = $1::uuid"
    run(failed, value=search.pk)
    desk.cookies["django_language"] = "en"
    heading = re.search(r'id="end-title">(.*?)</h2>', main_of(desk.get(url("carving", search.pk))), re.DOTALL)[1]
    assert heading.strip() == "Too few wait for a search without names"


def test_more_people_than_can_be_looked_at_are_told(bakery: Bakery, desk: Client, monkeypatch) -> None:
    for _ in range(6):
        agreed_dialogue(citizen=citizens.citizen(team=bakery.team, lead=bakery.broker), by=bakery.broker, level=3)
    for module in (waiting, carvings):
        monkeypatch.setattr(module, "MOST", 5)
    search = searched(bakery, citizen_ids=(), is_for_profile=True)
    desk.cookies["django_language"] = "en"
    main = re.sub(r"\s+", " ", main_of(desk.get(url("carving", search.pk))))
    assert "For the profile of 5 people who wait." in main
    assert "It rests on the 5 who were registered first: 2 more were waiting" in main


def test_other_suggestions_are_links_and_a_wrong_number_is_the_best_one(bakery: Bakery, desk: Client) -> None:
    search = searched(bakery)
    main = main_of(desk.get(url("carving", search.pk)))
    assert 'href="?suggestion=1"' in main
    assert 'name="suggestion" value="1"' in main_of(desk.get(url("carving", search.pk), {"suggestion": "1"}))
    for wrong in ("99", "-1", "x", "٣"):
        assert 'name="suggestion" value="0"' in main_of(desk.get(url("carving", search.pk), {"suggestion": wrong}))


# ---- The job ----


def draft_form(job: CarvedJob, tasks: list[object], **changes: object) -> dict[str, object]:
    return {"title": "Hylder", "description": "", "wage": "140", "tasks": [str(pk) for pk in tasks], **changes}


def test_a_task_put_in_shows_what_breaks_and_stores_nothing(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    page = desk.get(url("carved_job_change", job.pk))
    core = bakery.tasks[3]
    before = [bakery.tasks[0].pk]
    form = draft_form(job, before, seen=seen_on(page), put=str(core.pk))
    looked = desk.post(url("carved_job_change", job.pk), form)
    assert looked.status_code == 200
    breaks = re.search(r'id="breaks".*?</div>', main_of(looked), re.DOTALL)[0]
    assert "Bage" in breaks and "<li>" in breaks
    assert f'name="tasks" value="{core.pk}"' in main_of(looked)
    out = desk.post(url("carved_job_change", job.pk), draft_form(job, [*before, core.pk], out=str(core.pk)))
    assert f'name="tasks" value="{core.pk}"' not in main_of(out)
    with acting(bakery.broker):
        assert CarvedJob.objects.get().title != "Hylder"


def test_a_change_is_saved_once_and_never_over_somebody_elses(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    address = url("carved_job_change", job.pk)
    seen = seen_on(desk.get(address))
    form = draft_form(job, [bakery.tasks[0].pk, bakery.tasks[1].pk], seen=seen, act="save")
    assert desk.post(address, form)["Location"] == url("carved_job", job.pk)
    late = desk.post(address, {**form, "title": "Noget andet"})
    assert late.status_code == 409 and 'value="Noget andet"' in main_of(late)
    assert desk.post(address, {**form, "title": "", "seen": seen_on(late)}).status_code == 422
    assert desk.post(address, {**form, "tasks": [], "seen": seen_on(late)}).status_code == 422
    with acting(bakery.broker):
        assert CarvedJob.objects.get().title == "Hylder"


def test_a_job_that_breaks_is_not_proposed_and_says_why(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    address = url("carved_job_change", job.pk)
    seen = seen_on(desk.get(address))
    desk.post(address, draft_form(job, [bakery.tasks[3].pk], seen=seen, act="save"))
    page = desk.get(url("carved_job_propose", job.pk))
    assert "Bage" in re.search(r'id="breaks".*?</div>', main_of(page), re.DOTALL)[0]
    seen = seen_on(desk.get(address))
    assert desk.post(url("carved_job_propose", job.pk), {"seen": seen, "act": "send"}).status_code == 422


def test_the_employer_is_shown_only_the_support_that_was_chosen(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    with acting(bakery.broker):
        (code,) = CarvedSupport.objects.values_list("measure", flat=True)
    name = catalogue().entry(code).name.da
    address = url("carved_job_propose", job.pk)
    seen = seen_on(desk.get(address))

    def panel(answer) -> str:
        return re.search(r'id="seen-title".*</section>', main_of(answer), re.DOTALL)[0]

    assert name not in panel(desk.get(address))
    assert name in panel(desk.post(address, {"seen": seen, "shown": [code], "act": "look"}))
    desk.post(address, {"seen": seen, "shown": [code], "act": "send"})
    with acting(bakery.broker):
        assert CarvedSupport.objects.get().is_shown and CarvedJob.objects.get().state == CarvedState.PROPOSED


def test_the_proposal_is_one_accessible_page_that_names_nobody(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    answer = desk.get(url("carved_job_pdf", job.pk))
    assert answer["Content-Type"] == "application/pdf" and "forslag.pdf" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.open_metadata().get("pdfuaid:part")) == "1"
    with acting(bakery.broker) as actor:
        page = proposal_page(actor=actor, job_id=job.pk)
        words = str(printed_proposal(page, actor=actor, on=timezone.localdate()))
    assert "Pakke brød" in words and bakery.broker.display_name in words
    assert bakery.anna.family_name not in words


def test_the_job_is_a_file_that_matching_reads(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    run("update employers_workplace set x = 1.5, y = 2 where id = $1::uuid", value=bakery.workplace.pk)
    found = json.loads(desk.get(url("carved_job_file", job.pk)).content)
    assert found["id"] == str(job.pk) and found["places"] == 1 and (found["x"], found["y"]) == (1.5, 2.0)
    assert found["hours"] == [11.5, 11.5] and set(found["slots"]) <= set(bakery.workplace.slots)
    assert found["demand"]["lifting"] == 4


# ---- Who ----


def test_the_citizen_reads_their_own_offered_job_and_no_wages_of_others(bakery: Bakery, desk: Client) -> None:
    job = taken(bakery)
    home = log_in(Client(), bakery.anna.user)
    assert home.get(url("carved_job", job.pk)).status_code == 404
    seen = seen_on(desk.get(url("carved_job_propose", job.pk)))
    desk.post(url("carved_job_propose", job.pk), {"seen": seen, "act": "send"})
    main = main_of(home.get(url("carved_job", job.pk)))
    assert "Pakke brød" in main and "280 kr" not in main and "Bager<" not in main
    for name in ("carved_job_change", "carved_job_propose", "carved_job_pdf", "carved_job_file"):
        assert home.get(url(name, job.pk)).status_code == 403
    other = citizens.citizen(team=bakery.team, lead=bakery.broker, has_login=True)
    assert log_in(Client(), other.user).get(url("carved_job", job.pk)).status_code == 404


def test_a_job_for_somebody_unseen_is_left_to_those_who_see_them(bakery: Bakery) -> None:
    job = taken(bakery)
    colleague = log_in(Client(), employee(unit=bakery.team.unit, team=None, name="En anden"))
    main = main_of(colleague.get(url("carved_job", job.pk)))
    assert bakery.anna.name not in main and url("carved_job_change", job.pk) not in main
    assert colleague.get(url("carved_job_change", job.pk)).status_code == 302
    assert colleague.get(url("carved_job_propose", job.pk)).status_code == 302
    with acting(bakery.broker):
        assert CarvedJob.objects.get().state == CarvedState.DRAFT


def test_strangers_and_those_of_other_places_find_nothing(bakery: Bakery, desk: Client) -> None:
    search = searched(bakery)
    job = bakery.take(search)
    far = log_in(Client(), employers.job_broker(name="Fra en anden kommune"))
    person = log_in(Client(), employers.employer_user(company=bakery.company))
    for name, pk in (
        ("carving_start", bakery.workplace.pk),
        ("carving", search.pk),
        ("carving_stop", search.pk),
        ("carved_jobs", bakery.workplace.pk),
        ("carved_job", job.pk),
        ("carved_job_change", job.pk),
        ("carved_job_propose", job.pk),
        ("carved_job_file", job.pk),
    ):
        assert far.get(url(name, pk)).status_code == 404, name
        assert person.get(url(name, pk)).status_code == 403, name
        assert Client().get(url(name, pk)).status_code == 302, name
    assert far.post(url("carving_take", search.pk), {"suggestion": "0"}).status_code == 404
    assert desk.get(url("carved_job_state", job.pk, "nonsense")).status_code == 404


@pytest.mark.parametrize(("name", "most"), [("carving_start", 17), ("carving", 15), ("carved_job", 26)])
def test_pages_ask_as_often_whatever_the_number_of_tasks(bakery: Bakery, desk: Client, name: str, most: int) -> None:
    search = searched(bakery)
    job = bakery.take(search)
    address = url(name, {"carving_start": bakery.workplace, "carving": search, "carved_job": job}[name].pk)
    desk.get(address)
    with CaptureQueriesContext(connection) as few:
        desk.get(address)
    for number in range(12):
        bakery.task(f"Opgave {number}", bakery.baker, hours="1")
    with CaptureQueriesContext(connection) as many:
        desk.get(address)
    assert len(many) == len(few) == most
