"""Whatever is sent to the pages of companies, tasks and carving: an answer below 500, and no page broken for others."""

import io
import json
import logging
import re
import time
import zipfile
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.jobs.enums import CarvedState
from jobbro.engines.occupations.task_library import task_library
from jobbro.webkit.logs import NoPersonalData
from tests.factories import accounts, employers, jobs
from tests.factories.bakery import Bakery
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
CANARY = "kanariefugl"
MARKUP = "<script>alert(1)</script>{{ x }}{% now %}#panic()[*fed*] $x$ \\u{1} `"
JUNK = {
    "nothing": "",
    "long": CANARY * 9_000,
    "digits": "9" * 100_000,
    "points": "1," * 50_000,
    "huge": "1e308",
    "more than huge": "1e999",
    "tiny": "1e-400",
    "nan": "NaN",
    "infinity": "-Infinity",
    "negative": "-5",
    "nul": f"a\0{CANARY}",
    "control": "a\x01\x0b\x1f\ufffe\uffff",
    "surrogates": "\\ud800 𝟗𝟗 ١٢ ９９ \u202e\u0000\u2028",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "markup": MARKUP,
    "sql": "'; drop table jobs_task; -- %s %(x)s",
    "uuid": "00000000-0000-7000-8000-000000000001",
    "two uuids": "00000000-0000-7000-8000-000000000001:x",
    "list": "[]",
    "lists": "[[1]]",
    "formula": "=cmd|'/c calc'!A0",
}
FIELDS = {
    "employer_add": ("cvr", "municipality", "name", "sector", "trade", "holder", "phone", "email", "website"),
    "employer_change": ("name", "sector", "trade", "holder", "phone", "email", "website", "seen"),
    "employer_state": ("move", "note", "seen"),
    "workplace_add": (
        *("name", "p_number", "address", "postcode", "city", "directions", "measures", "features", "offers_note"),
        *("slots", "slot_hours", "closed_on", "seen"),
    ),
    "contact_add": ("name", "title", "phone", "email", "workplace", "is_first", "sees_wages"),
    "contact_end": ("when", "until_on"),
    "talk_add": ("kind", "held_on", "text", "is_shared", "workplace"),
    "promise_add": ("by", "text", "promised_on", "due_on"),
    "promise_end": ("state", "ended_on", "note"),
    "agreement_add": ("title", "text", "agreed_with", "agreed_on", "from_on", "until_on", "replaces"),
    "need_add": (
        "title",
        "occupation",
        "words",
        "places",
        "hours_min",
        "hours_max",
        "wanted_from",
        "note",
        "workplace",
    ),
    "yearly_talk_add": ("held_on", "they_said", "we_said", "agreed"),
    "task_add": (
        *("name", "hours", "minutes", "times", "shortcuts", "slots", "place", "holder", "new_holder", "is_core"),
        *("requires", "own_skills", "note", "origin", "seen", "library", "find"),
    ),
    "task": ("name", "hours", "slots", "place", "holder", "new_holder", "own_skills", "note", "origin", "seen"),
    "task_demand": ("act", "origin", "seen", "standing", "lifting", "no_such_area"),
    "holder_add": ("name", "occupation", "percent", "hourly", "left_on", "words", "seen"),
    "holder_change": ("name", "occupation", "percent", "hourly", "left_on", "words", "seen"),
    "task_library": ("codes", "code", "chosen", "tasks", "source", "holder", "new_holder", "act", "template"),
    "tasks_import": ("rows", "makes_posts", "file"),
    "carving_start": (
        *("whom", "citizens", "hours_min", "hours_max", "share", "jobs", "wage", "seconds", "measures", "max_tasks"),
        *("max_places", "max_measures", "slots"),
    ),
    "carved_job_change": ("seen", "title", "description", "wage", "tasks", "measures", "act", "put", "out"),
    "carved_job_propose": ("seen", "shown", "act"),
    "carved_job_state": ("seen", "agreed_with", "words", "on"),
    "work_wish": ("seen", "hours_min", "hours_max", "slots", "shortcuts", "max_hours_per_slot", "max_km", "skills"),
}
QUERIES = (
    "q",
    "text",
    "words",
    "page",
    "holder",
    "company",
    "suggestion",
    "told",
    "team",
    "quiet",
    "km",
    "source",
    "from",
)


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
def bakery() -> Bakery:
    made = Bakery()
    made.boss = employers.employer_user(company=made.company, sees_wages=True)
    made.contact = employers.contact(company=made.company, is_first=False)
    made.promise = employers.promise(company=made.company, due_on=timezone.localdate())
    made.draft = jobs.carved_job(workplace=made.workplace, tasks=(made.tasks[0],), state=CarvedState.DRAFT)
    made.proposed = jobs.carved_job(workplace=made.workplace, tasks=(made.tasks[1],), title="To")
    made.agreed = jobs.carved_job(
        workplace=made.workplace, tasks=(made.tasks[4],), state=CarvedState.AGREED, title="Tre"
    )
    return made


def _addresses(bakery: Bakery) -> dict[str, list[str]]:
    of_company = ("employer_change", "employer_state", "workplace_add", "contact_add", "talk_add", "promise_add")
    at_workplace = ("task_add", "holder_add", "task_library", "tasks_import", "carving_start")
    found = {
        name: [reverse(name, args=[bakery.company.pk])]
        for name in (*of_company, "agreement_add", "need_add", "yearly_talk_add")
    }
    found |= {name: [reverse(name, args=[bakery.workplace.pk])] for name in at_workplace}
    moves = ("agree", "decline", "withdraw", "rework")
    return {
        **found,
        "employer_add": [reverse("employer_add")],
        "contact_end": [reverse("contact_end", args=[bakery.contact.pk])],
        "promise_end": [reverse("promise_end", args=[bakery.promise.pk])],
        "task": [reverse("task", args=[bakery.tasks[2].pk])],
        "task_demand": [reverse("task_demand", args=[bakery.tasks[2].pk])],
        "holder_change": [reverse("holder_change", args=[bakery.baker.pk])],
        "carved_job_change": [reverse("carved_job_change", args=[bakery.draft.pk])],
        "carved_job_propose": [reverse("carved_job_propose", args=[bakery.draft.pk])],
        "carved_job_state": [reverse("carved_job_state", args=[bakery.proposed.pk, move]) for move in moves],
        "work_wish": [reverse("work_wish", args=[bakery.anna.pk])],
    }


@pytest.mark.parametrize("page", FIELDS)
def test_junk_in_every_field_at_once(bakery: Bakery, page: str, heard: list[str]) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    fell = []
    for path in _addresses(bakery)[page]:
        for kind, junk in JUNK.items():
            answer = browser.post(path, dict.fromkeys(FIELDS[page], junk))
            if answer.status_code >= 500:
                fell.append((path.rsplit("/", 3)[-3:], kind, answer.status_code))
    assert fell == []
    assert [line for line in heard if CANARY in line] == []


def test_junk_in_the_fields_of_the_company(bakery: Bakery) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.boss)
    paths = {
        reverse("our_need_add"): ("title", "workplace", "places", "hours_min", "hours_max", "wanted_from", "note"),
        reverse("our_proposal", args=[bakery.proposed.pk]): ("name", "seen"),
        reverse("our_proposal_decline", args=[bakery.proposed.pk]): ("words", "seen"),
    }
    fell = []
    for path, fields in paths.items():
        for kind, junk in JUNK.items():
            if browser.post(path, dict.fromkeys(fields, junk)).status_code >= 500:
                fell.append((path, kind))
    assert fell == []


def test_junk_in_the_address(bakery: Bakery) -> None:
    of_workplace = ("tasks", "task_add", "holders", "task_library", "carving_start", "carved_jobs")
    staff = [
        reverse("employers"),
        reverse("employer", args=[bakery.company.pk]),
        *(reverse(name, args=[bakery.workplace.pk]) for name in of_workplace),
        reverse("task_demand", args=[bakery.tasks[2].pk]),
        reverse("occupations_search"),
        reverse("need_add", args=[bakery.company.pk]),
        reverse("partners_near", args=[bakery.anna.pk]),
    ]
    own = [reverse(name) for name in ("home", "our_company", "our_proposals", "our_need_add", "employer_guides")]
    fell = []
    for user, paths in ((bakery.broker, staff), (bakery.boss, own)):
        browser = accounts.log_in(Client(raise_request_exception=False), user)
        for path in paths:
            for kind, junk in JUNK.items():
                if browser.get(path, dict.fromkeys(QUERIES, junk[:3000])).status_code >= 500:
                    fell.append((path, kind))
    assert fell == []


# ---- What one writes does not break the page of another ----


NAMES = {
    "markup": MARKUP[:110],
    "control": "Bage\x01\x08\x1f\x7f brød",
    "noncharacters": "Bage \ufffe\uffff brød",
    "formula": '=HYPERLINK("http://x","y")',
    "direction": "Bage \u202e\u2066 brød 🥖",
    "xml": "]]></text><image href='/etc/passwd'/>&#x1;&amp;",
}


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_breaks_no_page_no_paper_and_no_sheet(bakery: Bakery, kind: str) -> None:
    """Names that the form takes are shown as words everywhere: pages, fragments, drawings, PDF and spreadsheet."""
    broker = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    name = NAMES[kind]
    path = reverse("task_add", args=[bakery.workplace.pk])
    told = {"name": name, "hours": "2", "place": name[:60], "new_holder": name, "note": name, "own_skills": name}
    answer = broker.post(path, told)
    if answer.status_code == 422:
        # Refused with a sentence is an answer too; what another way in took is tried all the same.
        named = jobs.confirmed_task(workplace=bakery.workplace, name="Bage", holder=bakery.baker)
    else:
        assert answer.status_code == 302
        named = jobs.confirmed_task(workplace=bakery.workplace, name=name, holder=bakery.baker, place=name[:60])
    job = jobs.carved_job(workplace=bakery.workplace, tasks=(named,), title=named.name)
    boss = accounts.log_in(Client(raise_request_exception=False), bakery.boss)
    for browser in (broker, boss):
        for page in (
            *(reverse(each, args=[bakery.workplace.pk]) for each in ("tasks", "tasks_export", "holders")),
            reverse("task", args=[named.pk]),
            reverse("task_demand", args=[named.pk]),
            reverse("carved_job_pdf", args=[job.pk]),
            *([reverse("our_proposal", args=[job.pk])] if browser is boss else [reverse("carved_job", args=[job.pk])]),
        ):
            shown = browser.get(page)
            assert shown.status_code == 200, (page, shown.status_code)
            if "html" in shown["Content-Type"]:
                assert b"<script>alert" not in shown.content and b"<image href" not in shown.content, page
            if page.endswith("pdf/"):
                assert shown.content.startswith(b"%PDF")


ROWS = {
    "nul": [2, "Bage\u0000", "1", "", "", "", "", "", ""],
    "control": [2, "Bage\u0001", "1", "", "\u0001", "Bager\u0001", "", "", "\u0001"],
    "surrogate": [2, "Bage \ud800", "1", "", "", "", "", "", "\ud800"],
    "huge number": [10**400, "Bage", "1e308", "", "", "", "", "", ""],
    "not a number": [2, "Bage", "NaN", "", "", "", "", "", ""],
    "long": [2, "B" * 100_000, "1", "mon_am " * 10_000, "x" * 10_000, "y" * 10_000, "", "z " * 10_000, "n" * 100_000],
    "formula": [2, "=1+1", "1", "", "", "", "", "", ""],
}


@pytest.mark.parametrize("kind", ROWS)
def test_rows_of_a_sheet_that_nobody_read(bakery: Bakery, kind: str) -> None:
    """The rows are carried in the form, so anything can stand there."""
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    path = reverse("tasks_import", args=[bakery.workplace.pk])
    answer = browser.post(path, {"rows": json.dumps([ROWS[kind]]), "makes_posts": "on"})
    assert answer.status_code in (302, 422)
    for name in ("tasks", "tasks_export"):
        assert browser.get(reverse(name, args=[bakery.workplace.pk])).status_code == 200


@pytest.mark.parametrize("rows", ["[" * 100_000, "1e999", "{}", '[{"a": 1}]', "[[]]", "null", "[[true]]", "[[1,2]]"])
def test_rows_that_are_none(bakery: Bakery, rows: str) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    path = reverse("tasks_import", args=[bakery.workplace.pk])
    assert browser.post(path, {"rows": rows}).status_code == 422


def test_a_sheet_that_swells(bakery: Bakery) -> None:
    """A small file that unpacks to gigabytes is refused without being unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", " " * 60_000_000)
        packed.writestr("xl/worksheets/sheet1.xml", " " * 120_000_000)
    assert len(content.getvalue()) < 2 * 1024 * 1024
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    sent = SimpleUploadedFile("opgaver.xlsx", content.getvalue())
    began = time.monotonic()
    answer = browser.post(reverse("tasks_import", args=[bakery.workplace.pk]), {"file": sent})
    assert answer.status_code == 422 and time.monotonic() - began < 5


def test_a_list_has_an_end(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    """By every way in: one by one, from a file, from the library, and brought back."""
    monkeypatch.setattr("jobbro.apps.jobs.services.tasks.MOST_LISTED", len(bakery.tasks))
    removed = jobs.task(workplace=bakery.workplace, name="Gammel", removed_on=timezone.localdate())
    browser = accounts.log_in(Client(), bakery.boss)
    here = [bakery.workplace.pk]
    assert browser.post(reverse("task_add", args=here), {"name": "x", "hours": "1"}).status_code == 422
    rows = json.dumps([[2, "Feje", "1", "", "", "", "", "", ""]])
    browser.post(reverse("tasks_import", args=here), {"rows": rows})
    code = task_library().tasks[0].code
    browser.post(reverse("task_library", args=here), {"codes": [code], "chosen": [code], "act": "library"})
    browser.post(reverse("task_restore", args=[removed.pk]))
    listed = rows_of("select id from jobs_task where removed_on is null and workplace_id = $1::uuid", value=here[0])
    assert len(listed) == len(bakery.tasks)


def test_a_hundred_thousand_half_days(bakery: Bakery) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), bakery.broker)
    answer = browser.post(
        reverse("task_add", args=[bakery.workplace.pk]), {"name": "x", "hours": "1", "slots": ["mon_am"] * 100_000}
    )
    assert answer.status_code in (400, 422)
    many = ",".join(["mon_am"] * 100_000)
    assert browser.post(
        reverse("task_add", args=[bakery.workplace.pk]), {"name": "x", "hours": "1", "slots": many}
    ).status_code in (400, 422)


def test_no_number_of_a_citizen_in_what_companies_read(bakery: Bakery) -> None:
    number = "til 010190-1234, tak"
    broker, boss = accounts.log_in(Client(), bakery.broker), accounts.log_in(Client(), bakery.boss)
    seen = re.search(
        r'name="seen" value="([^"]+)"',
        broker.get(reverse("carved_job_change", args=[bakery.draft.pk])).content.decode(),
    )[1]
    job = {"seen": seen, "title": "x", "wage": "140", "tasks": [str(bakery.tasks[0].pk)], "act": "save"}
    for browser, path, data in (
        (boss, reverse("task_add", args=[bakery.workplace.pk]), {"name": number, "hours": "1"}),
        (boss, reverse("task_add", args=[bakery.workplace.pk]), {"name": "x", "hours": "1", "note": number}),
        (boss, reverse("holder_add", args=[bakery.workplace.pk]), {"name": number, "percent": "100"}),
        (broker, reverse("carved_job_change", args=[bakery.draft.pk]), {**job, "description": number}),
        (broker, reverse("carved_job_change", args=[bakery.draft.pk]), {**job, "title": number}),
        (broker, reverse("talk_add", args=[bakery.company.pk]), {"kind": "visit", "held_on": "", "text": number}),
    ):
        answer = browser.post(path, data)
        assert (answer.status_code == 422 and "CPR" in answer.content.decode()) or "held_on" in data, path
    page = boss.get(reverse("our_proposal_decline", args=[bakery.proposed.pk])).content.decode()
    told = {"seen": re.search(r'name="seen" value="([^"]+)"', page)[1], "words": number}
    answer = boss.post(reverse("our_proposal_decline", args=[bakery.proposed.pk]), told)
    assert answer.status_code == 422 and "CPR" in answer.content.decode()
