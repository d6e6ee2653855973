"""Every address of companies, tasks and jobs as everybody without business there, and what a company must not read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.models import User
from jobbro.apps.jobs.enums import CarvedState
from jobbro.apps.jobs.models import CarvedFor, CarvedSupport
from jobbro.apps.jobs.selectors.proposals import proposal_page
from jobbro.web.carving.printing import printed_proposal
from tests.factories import accounts, citizens, employers, jobs, organisations
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of, run, write

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
CANARY = "kanariefugl"
TABLES = (
    *("employers_company", "employers_workplace", "employers_contactperson", "employers_talk", "employers_yearlytalk"),
    *("employers_partneragreement", "employers_promise", "employers_recruitmentneed", "jobs_holder", "jobs_task"),
    *(
        "jobs_holderwage",
        "jobs_carving",
        "jobs_carvingperson",
        "jobs_carvedjob",
        "jobs_carvedtask",
        "jobs_carvedsupport",
    ),
    *("jobs_carvedfor", "accounts_user"),
)
WORDS = {"deed": "withdraw", "move": "agree"}


@pytest.fixture
def bakery() -> Bakery:
    made = Bakery()
    made.search_row = made.search()
    made.job = made.take(made.search_row)
    made.boss = employers.employer_user(company=made.company, name="Bente Bager")
    contact = rows_of("select id from employers_contactperson where user_id = $1::uuid", value=made.boss.pk)[0].id
    employers.talk(company=made.company, held_on=TODAY, text=f"{CANARY} intern", is_shared=False)
    employers.talk(company=made.company, held_on=TODAY, text="En delt samtale")
    made.ids = {
        "company_id": made.company.pk,
        "workplace_id": made.workplace.pk,
        "contact_id": contact,
        "promise_id": employers.promise(company=made.company, due_on=TODAY).pk,
        "agreement_id": employers.agreement(company=made.company).pk,
        "need_id": employers.need(company=made.company).pk,
        "task_id": made.tasks[2].pk,
        "holder_id": made.baker.pk,
        "carving_id": made.search_row.pk,
        "job_id": made.job.pk,
    }
    return made


def _patterns(found: URLResolver, prefix: str = "") -> Iterator[URLPattern]:
    for one in found.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        else:
            yield one


def _paths(bakery: Bakery) -> list[str]:
    """Every address that carries an id of the company or of something of it, also those that are made later."""
    paths = []
    for pattern in _patterns(get_resolver()):
        names = set(pattern.pattern.converters)
        if names & set(bakery.ids) and names <= set(bakery.ids) | set(WORDS):
            values = {name: bakery.ids.get(name) or WORDS[name] for name in names}
            paths.append(reverse(pattern.name, kwargs=values))
    assert len(paths) > 40
    return paths


def _said(answer) -> str:
    """The words that somebody reads: no drawings, no addresses, no bytes of files."""
    if "html" not in answer["Content-Type"]:
        return ""
    told = re.sub(r"<(svg|script|style).*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    fields = " ".join(re.findall(r'value="([^"]*)"', told))
    return re.sub(r"<[^>]*>", " ", told) + fields


def _on_paper(user: User, job_id: UUID) -> str:
    """All words of the proposal as it would be printed for them."""
    with accounts.acting(user) as actor:
        told = printed_proposal(proposal_page(actor=actor, job_id=job_id), actor=actor, on=TODAY)
        return str(replace(told, week_svg=""))


def _tells(said: str, *secrets: str) -> list[str]:
    """Which of these stand there as whole words."""
    return [
        secret for secret in secrets if re.search(rf"(?<![\w,.-]){re.escape(secret)}(?![\w-])", said, re.IGNORECASE)
    ]


def _contents() -> list[object]:
    return [rows_of(f"select md5(string_agg(t::text, '' order by t::text)) as all from {table} t") for table in TABLES]


def _strangers(bakery: Bakery) -> dict[str, User]:
    """Everybody who must neither read nor write."""
    far = organisations.team()
    ended = employers.employer_user(company=bakery.company, name="Gamle Gert", is_first=False)
    over = "from_on = '2020-01-01', until_on = current_date - 2"
    run(f"update employers_contactperson set {over} where user_id = $1::uuid", value=ended.pk)
    return {
        "team lead of another municipality": accounts.employee(role=Role.TEAM_LEAD, team=far),
        "job broker of another municipality": employers.job_broker(team=far),
        "administrator of another municipality": accounts.employee(role=Role.ADMINISTRATOR, unit=far.unit),
        "analyst": accounts.employee(role=Role.ANALYST, unit=bakery.team.unit),
        "another company": employers.employer_user(
            company=employers.company(team=bakery.team, name="Blomster"), name="Flora Flor"
        ),
        "a former contact": ended,
        "another citizen": citizens.citizen(team=bakery.team, has_login=True).user,
        "somebody who left": accounts.employee(
            role=Role.JOB_BROKER, team=bakery.team, until_on=TODAY.replace(year=TODAY.year - 1)
        ),
    }


def test_strangers_open_and_change_nothing(bakery: Bakery) -> None:
    before_users = _strangers(bakery)
    before = _contents()
    got_in = []
    posted = {"seen": "x", "name": "x", "hours": "1", "act": "save", "suggestion": "0", "hourly": "1", "words": "x"}
    for who, user in before_users.items():
        browser = accounts.log_in(Client(), user)
        for path in _paths(bakery):
            for method, data in (("get", {}), ("post", posted)):
                answer = getattr(browser, method)(path, data)
                told = _tells(_said(answer), bakery.company.name, bakery.baker.name, bakery.tasks[0].name)
                if answer.status_code not in (403, 404, 405) or told:
                    got_in.append((who, method, path, answer.status_code, told))
    assert got_in == [], "\n".join(map(str, got_in))
    assert _contents() == before


def test_nobody_without_a_login_reads_a_company(bakery: Bakery) -> None:
    """Neither its own addresses nor the open pages name a partner."""
    browser = Client()
    for path in _paths(bakery):
        assert browser.get(path).status_code in (302, 401, 404, 405), path
    names = ("home", "login", "help", "privacy", "accessibility")
    for path in (*(reverse(name) for name in names), "/robots.txt", "/sitemap.xml"):
        told = browser.get(path, follow=True).content.decode(errors="replace")
        assert bakery.company.name not in told and bakery.company.cvr not in told, path


def test_the_company_opens_its_own_pages_and_no_staff_page(bakery: Bakery) -> None:
    """What opens is of the company; no page holds a citizen, a wage, an internal talk, or a job that is a draft."""
    browser = accounts.log_in(Client(), bakery.boss)
    opened = 0
    for path in _paths(bakery):
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 403, 404, 405), path
        opened += answer.status_code == 200
        assert _tells(_said(answer), bakery.anna.given_name, bakery.anna.family_name, CANARY, "280", "190") == [], path
        assert str(bakery.anna.pk) not in answer.content.decode(errors="replace"), path
        assert not (answer.status_code == 200 and str(bakery.job.pk) in path), path
    assert opened > 5


def test_staff_beside_read_no_wages_and_no_search(bakery: Bakery) -> None:
    """Staff of the municipality outside the team, advisers and administrators: the company yes, its wages no."""
    unit = bakery.team.unit
    users = [
        employers.job_broker(team=organisations.team(unit=unit, name="Team Mark"), name="Bo"),
        accounts.employee(role=Role.KEY_PERSON, unit=unit),
        accounts.employee(role=Role.ADMINISTRATOR, unit=unit),
    ]
    for user in users:
        browser = accounts.log_in(Client(), user)
        assert _tells(_on_paper(user, bakery.job.pk), "280", "190") == []
        for path in _paths(bakery):
            answer = browser.get(path)
            assert _tells(_said(answer), "280", "190", bakery.anna.family_name) == [], (user.display_name, path)
            if str(bakery.search_row.pk) in path:
                assert answer.status_code in (403, 404, 405), path


def test_a_proposal_tells_the_company_the_work_and_nothing_of_whom(bakery: Bakery) -> None:
    """Page, paper, list and home of a job that is for Anna: no name, no need, no support that was not shown."""
    job = bakery.job
    run("delete from jobs_carvedsupport where job_id = $1::uuid", value=job.pk)
    write(CarvedSupport(company=bakery.company, job=job, measure="mentor_support", is_shown=False))
    run("update jobs_carvedjob set state = 'proposed' where id = $1::uuid", value=job.pk)
    browser = accounts.log_in(Client(), bakery.boss)
    paths = [
        *(reverse(name) for name in ("home", "our_company", "our_proposals", "employer_guides")),
        reverse("our_proposal", args=[job.pk]),
        reverse("our_proposal_decline", args=[job.pk]),
        *(reverse(name, args=[bakery.workplace.pk]) for name in ("tasks", "holders", "tasks_export")),
    ]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        assert _tells(_said(answer), bakery.anna.family_name, bakery.anna.given_name, "280", "190") == [], path
        assert str(bakery.anna.pk) not in answer.content.decode(errors="replace"), path
    assert "mentor" not in _said(browser.get(reverse("our_proposal", args=[job.pk]))).lower().replace(
        "at være mentor", ""
    )
    paper = browser.get(reverse("carved_job_pdf", args=[job.pk]))
    assert paper.status_code == 200
    words = _on_paper(bakery.boss, job.pk)
    assert _tells(words, bakery.anna.family_name, bakery.anna.given_name, "mentor", "280", "190") == []
    assert job.title.split(" · ", maxsplit=1)[0] in words


def test_no_paper_of_what_was_never_proposed(bakery: Bakery) -> None:
    browser = accounts.log_in(Client(), bakery.boss)
    paths = [
        reverse("carved_job_pdf", args=[bakery.job.pk]),
        reverse("our_proposal", args=[bakery.job.pk]),
        reverse("our_proposal_decline", args=[bakery.job.pk]),
        reverse("our_proposal_answered", args=[bakery.job.pk]),
        reverse("carved_job_file", args=[bakery.job.pk]),
    ]
    for state in ("draft", "withdrawn"):
        run(f"update jobs_carvedjob set state = '{state}' where id = $1::uuid", value=bakery.job.pk)
        for path in paths:
            assert browser.get(path).status_code in (403, 404), (state, path)


def test_somebody_at_two_companies_mixes_nothing(bakery: Bakery) -> None:
    other = employers.company(team=bakery.team, name="Konditoriet")
    place = employers.workplace(company=other, name="Bagest")
    employers.contact(company=other, user=bakery.boss, sees_wages=True)
    jobs.holder(workplace=place, name="Konditor", hourly="301")
    browser = accounts.log_in(Client(), bakery.boss)
    assert _tells(_said(browser.get(reverse("holders", args=[place.pk]))), "301") == ["301"]
    assert _tells(_said(browser.get(reverse("holders", args=[bakery.workplace.pk]))), "280", "190") == []
    told = browser.get(reverse("our_company"), {"company": str(other.pk)}).content.decode()
    assert "Konditoriet" in told
    stranger = employers.company(team=organisations.team(), name="Fremmed")
    for name in ("home", "our_company", "our_proposals", "our_need_add", "employer_guides"):
        answer = browser.get(reverse(name), {"company": str(stranger.pk)})
        assert answer.status_code == 404 or "Fremmed" not in answer.content.decode()
    # A need told under one company with the workplace of the other, and tasks copied across.
    answer = browser.post(f"{reverse('our_need_add')}?company={bakery.company.pk}", {
        "title": "Hjælp", "places": "1", "workplace": str(place.pk),
    })  # fmt: skip
    assert answer.status_code == 422
    posted = {"source": str(place.pk), "tasks": [str(task.pk) for task in bakery.tasks], "act": "copy"}
    browser.post(reverse("task_library", args=[place.pk]), posted)
    assert not rows_of("select id from jobs_task where workplace_id = $1::uuid", value=place.pk)


def test_no_field_more_than_the_form_has(bakery: Bakery) -> None:
    """Fields of the table that no form asks for change nothing when they are sent along."""
    payer = bakery.boss
    task = bakery.tasks[2]
    browser = accounts.log_in(Client(), payer)
    more = {
        "company_id": "00000000-0000-7000-8000-000000000001", "demand": '{"standing": 4}', "demand_source": "confirmed",
        "confirmed_by": str(bakery.broker.pk), "confirmed_by_id": str(bakery.broker.pk), "hourly": "1", "wage": "1",
        "sees_wages": "on", "state": "agreed", "is_live": "", "position": "0", "origin": "copy:x", "id": str(task.pk),
    }  # fmt: skip
    path = reverse("task_add", args=[bakery.workplace.pk])
    assert browser.post(path, {"name": "Feje gulv", "hours": "1", **more}).status_code == 302
    made = rows_of("select * from jobs_task where name = $1", value="Feje gulv")[0]
    assert made.company_id == str(bakery.company.pk) and made.confirmed_by_id is None and made.id != str(task.pk)
    assert made.demand_source != "confirmed" and not made.origin.startswith("copy")
    holder = reverse("holder_add", args=[bakery.workplace.pk])
    assert browser.post(holder, {"name": "Ny", "percent": "100", **more}).status_code in (302, 403)
    assert len(rows_of("select id from jobs_holderwage")) == 2
    assert not rows_of("select id from employers_contactperson where sees_wages")


@pytest.mark.parametrize("levels", [{"no_such_area": "4"}, {"standing": "9"}, {"standing": "-1"}, {"standing": "NaN"}])
def test_only_levels_that_there_are(bakery: Bakery, levels: dict[str, str]) -> None:
    task = bakery.tasks[2]
    browser = accounts.log_in(Client(), bakery.boss)
    page = browser.get(reverse("task_demand", args=[task.pk])).content.decode()
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    answer = browser.post(reverse("task_demand", args=[task.pk]), {"seen": seen, **levels})
    assert answer.status_code == 422
    assert rows_of("select demand from jobs_task where id = $1::uuid", value=task.pk)[0].demand == {"lifting": 4}


@pytest.mark.parametrize("name", ["task_add", "carving_take", "our_proposal", "contact_invite"])
def test_forms_from_elsewhere_are_refused(bakery: Bakery, name: str) -> None:
    run("update jobs_carvedjob set state = 'proposed' where id = $1::uuid", value=bakery.job.pk)
    args = {
        "task_add": "workplace_id",
        "carving_take": "carving_id",
        "our_proposal": "job_id",
        "contact_invite": "contact_id",
    }
    user = bakery.boss if name == "our_proposal" else bakery.broker
    browser = accounts.log_in(Client(enforce_csrf_checks=True), user)
    before = _contents()
    answer = browser.post(reverse(name, args=[bakery.ids[args[name]]]), {"name": "x", "hours": "1", "suggestion": "0"})
    assert answer.status_code == 403
    assert _contents() == before


def test_a_wage_of_a_job_and_whom_it_is_for_are_the_citizens_own(bakery: Bakery) -> None:
    """The citizen reads the job, not what others earn, and not whom else the company talks with."""
    run("update jobs_carvedjob set state = 'proposed' where id = $1::uuid", value=bakery.job.pk)
    other = citizens.citizen(team=bakery.team, has_login=True, family_name="Sejersen")
    task = bakery.task("Feje", bakery.shop, hours="1")
    theirs = jobs.carved_job(workplace=bakery.workplace, tasks=(task,), state=CarvedState.AGREED, title="Anden")
    write(CarvedFor(citizen=other, job=theirs, chosen_by=bakery.broker, chosen_at=timezone.now()))
    browser = accounts.log_in(Client(), bakery.anna.user)
    answer = browser.get(reverse("carved_job", args=[bakery.job.pk]))
    assert answer.status_code == 200
    assert _tells(_said(answer), "280", "190", other.family_name, "Anden") == []
    assert browser.get(reverse("carved_job", args=[theirs.pk])).status_code == 404
    for path in _paths(bakery):
        if path != reverse("carved_job", args=[bakery.job.pk]):
            assert browser.get(path).status_code in (403, 404, 405), path
