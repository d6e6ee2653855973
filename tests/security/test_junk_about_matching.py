"""Whatever is sent to the pages of jobs, proposals, cards and tables: an answer below 500, and no value in a log."""

import json
import logging
from collections.abc import Iterator
from html import unescape
from re import findall

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.jobs.enums import OpeningOrigin
from jobbro.apps.placements.enums import Party
from jobbro.kernel.vocabulary import AREAS
from jobbro.webkit.logs import NoPersonalData
from tests.factories import accounts, cards, openings, placements
from tests.factories.jobs import work_wish
from tests.factories.screening import agreed_dialogue
from tests.factories.shop import Shop
from tests.security.test_employers_and_jobs_junk import CANARY, JUNK, NAMES

pytestmark = pytest.mark.django_db
OPENING = (
    *("seen", "title", "description", "wage_text", "starts_on", "closes_on", "words", "occupation", "hours_min"),
    *("hours_max", "shortcuts", "slots", "requires", "own_skills", "places", "is_many", "is_public", "source_id"),
    *("payer_0", "payer_1", "find"),
)
MEETING = ("seen", "kind", "meets_on", "meets_at", "place", "their_seats", "our_seats", "other_seats")
STEPS = tuple(f"{name}_{row}" for row in range(1, 13) for name in ("from", "hours"))
FIELDS = {
    "opening_add": OPENING,
    "opening_change": OPENING,
    "opening_demand": ("seen", *AREAS, *(f"level_{area}" for area in AREAS)),
    "opening_state": ("seen", "words"),
    "posting_upload": (*OPENING, "file"),
    "proposal_make": ("why",),
    "proposal_move": ("seen", "state", "said_by", "reason"),
    "card_make": (
        *("name", "note", "from_on", "until_on", "on_behalf", "seen", "give", "step", "act"),
        *(f"show_{area}" for area in AREAS),
        *(f"words_{area}" for area in AREAS),
    ),
    "card_withdraw": ("reason", "act"),
    "introduction_add": MEETING,
    "introduction_change": MEETING,
    "introduction_said": ("said-party", "said-name", "said-stance", "said-text"),
    "introduction_hold": ("seen", "came"),
    "introduction_cancel": ("seen", "reason"),
    "introduction_outcome": ("seen", "outcome", "reason"),
    "arrangement_add": ("seen", "measure", "scheme", "party", "who", "due_on", "note"),
    "arrangement_done": ("seen",),
    "agreement_write": (
        *("seen", "kind", "ends_on", "slots", "place", "tasks", "wage_text", "contact_text", "measures"),
        *("change_note", *STEPS),
    ),
    "agreement_sign": ("digest",),
    "agreement_sign_for": ("digest", "party", "name", "reason"),
    "match_run_start": ("top", "per_place", "per_person"),
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


class Laid:
    """A table with a meeting planned and an agreement that waits, a draft of a job, and one that was never picked."""

    def __init__(self) -> None:
        self.at = at = placements.table()
        agreed_dialogue(citizen=at.citizen, by=at.broker)
        work_wish(citizen=at.citizen, by=at.broker)
        self.meeting = placements.introduction(at=at)
        self.support = placements.arrangement(at=at)
        self.version = placements.agreement(at=at)
        place = at.proposal.opening.workplace
        self.draft = openings.draft_opening(workplace=place, origin=OpeningOrigin.EMPLOYER)
        self.free = openings.opening(workplace=place, title="Fri", is_public=True)
        self.lead = accounts.employee(role=Role.TEAM_LEAD, unit=at.team.unit, name="Lone Leder")

    def addresses(self) -> dict[str, list[str]]:
        at, table = self.at, [self.meeting.pk]
        place, person = [at.proposal.opening.workplace_id], [at.citizen.pk]
        of_table = ("change", "said", "hold", "cancel", "outcome")
        return {
            "opening_add": [reverse("opening_add", args=place)],
            "posting_upload": [reverse("posting_upload", args=place)],
            "opening_change": [reverse("opening_change", args=[self.draft.pk])],
            "opening_demand": [reverse("opening_demand", args=[self.draft.pk])],
            "opening_state": [
                reverse("opening_state", args=[row.pk, move])
                for row in (self.free, self.draft)
                for move in ("open", "fill", "close", "withdraw", "reopen", "no-such")
            ],
            "proposal_make": [reverse("proposal_make", args=[*person, self.free.pk])],
            "proposal_move": [reverse("proposal_move", args=[at.proposal.pk])],
            "card_make": [reverse("card_make", args=[at.proposal.pk])],
            "card_withdraw": [reverse("card_withdraw", args=[at.card.pk])],
            "introduction_add": [reverse("introduction_add", args=[at.proposal.pk])],
            **{f"introduction_{name}": [reverse(f"introduction_{name}", args=table)] for name in of_table},
            "arrangement_add": [reverse("arrangement_add", args=table)],
            "arrangement_done": [reverse("arrangement_done", args=[*table, self.support.pk])],
            "agreement_write": [reverse("agreement_write", args=table)],
            "agreement_sign": [reverse("agreement_sign", args=[self.version.pk])],
            "agreement_sign_for": [reverse("agreement_sign_for", args=[self.version.pk])],
            "match_run_start": [reverse("match_run_start")],
        }


@pytest.fixture
def laid() -> Laid:
    return Laid()


def fallen(browser: Client, *, path: str, fields: tuple[str, ...], **more: str) -> list[tuple[str, str, int]]:
    found = []
    for kind, junk in JUNK.items():
        answer = browser.post(path, {**dict.fromkeys(fields, junk), **more})
        if answer.status_code >= 500:
            found.append((path, kind, answer.status_code))
    return found


@pytest.mark.parametrize("page", FIELDS)
def test_junk_in_every_field_at_once(laid: Laid, page: str, heard: list[str]) -> None:
    who = laid.lead if page.startswith("match_run") else laid.at.broker
    browser = accounts.log_in(Client(raise_request_exception=False), who)
    fell = []
    for path in laid.addresses()[page]:
        fell += fallen(browser, path=path, fields=FIELDS[page])
        acts = {"opening_demand": ("begin", "as_is"), "posting_upload": ("take", "save")}
        if page in acts:
            for act in acts[page]:
                fell += fallen(browser, path=path, fields=(*FIELDS[page], "origin"), act=act, **{act: "1"})
    assert fell == []
    assert [line for line in heard if CANARY in line] == []


# What is right but for one field: the check of that field alone decides.
AGREEMENT = {
    "kind": "job",
    "place": "Torvet",
    "tasks": "Pakke brød",
    "wage_text": "145",
    "contact_text": "Bente",
    "from_1": "01.12.2026",
    "hours_1": "10",
}
ODD_HOURS = (
    "1e-400",
    "0.00000000001",
    "1e2",
    "NaN",
    "sNaN",
    "-0",
    "48.001",
    "9" * 5000,
    "1" + "0" * 100,
    "0," + "1" * 5000,
)


@pytest.mark.parametrize("hours", ODD_HOURS)
def test_odd_hours_make_no_agreement(laid: Laid, hours: str) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), laid.at.broker)
    page = browser.get(laid.addresses()["agreement_write"][0]).content.decode()
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    told = {**AGREEMENT, "change_note": "Nu", "seen": seen, "hours_1": hours}
    assert browser.post(laid.addresses()["agreement_write"][0], told).status_code in (409, 422)


def test_junk_of_the_citizen_and_of_the_company(laid: Laid, heard: list[str]) -> None:
    at = laid.at
    pages = {
        at.citizen.user: ("proposal_make", "proposal_move", "card_make", "introduction_said", "agreement_sign"),
        at.employer: ("opening_add", "opening_change", "opening_demand", "opening_state", "posting_upload"),
    }
    fell = []
    for user, names in pages.items():
        browser = accounts.log_in(Client(raise_request_exception=False), user)
        for name in names:
            for path in laid.addresses()[name]:
                fell += fallen(browser, path=path, fields=FIELDS[name])
    browser = accounts.log_in(Client(raise_request_exception=False), at.employer)
    fell += fallen(
        browser, path=reverse("our_introduction", args=[laid.meeting.pk]), fields=FIELDS["introduction_said"]
    )
    fell += fallen(browser, path=reverse("our_agreement_sign", args=[laid.version.pk]), fields=("digest",))
    assert fell == []
    assert [line for line in heard if CANARY in line] == []


QUERIES = (
    "q",
    "town",
    "hours",
    "page",
    "show",
    "workplace",
    "fit",
    "measure",
    "area",
    "team",
    "company",
    "n",
    "number",
)


def test_junk_in_the_address(laid: Laid) -> None:
    at = laid.at
    staff = [
        reverse("openings"),
        reverse("opening_demand", args=[laid.draft.pk]),
        reverse("people_for", args=[laid.free.pk]),
        reverse("jobs_for", args=[at.citizen.pk]),
        *(reverse("jobs_hidden", args=[at.citizen.pk, reason]) for reason in ("distance", "gap", "no-such")),
        reverse("job_for", args=[at.citizen.pk, laid.free.pk]),
    ]
    pages = {
        at.broker: staff,
        laid.lead: [reverse("matching_overview"), reverse("match_runs")],
        at.employer: [reverse(name) for name in ("our_openings", "our_cards", "our_introductions")],
        None: [reverse("public_jobs"), reverse("public_job", args=[laid.free.pk]), reverse("how_matching_works")],
    }
    fell = []
    for user, paths in pages.items():
        browser = Client(raise_request_exception=False)
        if user is not None:
            accounts.log_in(browser, user)
        for path in paths:
            for kind, junk in JUNK.items():
                for names in (QUERIES, ("page",), ("q",)):
                    if browser.get(path, dict.fromkeys(names, junk[:3000])).status_code >= 500:
                        fell.append((path, kind, names))
    assert fell == []


# ---- Postings ----


def posting(**fields: object) -> bytes:
    told = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Bager", **fields}
    return json.dumps(told).encode()


ANGRY = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ x }}{% now %}\u2028<!--"
POSTINGS = {
    "nul": posting(title="Bager\0", description="\0"),
    "half": b'{"@type": "JobPosting", "title": "\\ud800", "description": "\\udfff"}',
    "deep": b'{"@type":"JobPosting","title":' + b"[" * 200_000,
    "deep objects": b'{"a":' * 60_000 + b"1" + b"}" * 60_000,
    "entities": b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><script type='application/ld+json'>"
    + posting(title="&b;&b;&b;", description="&amp;lt;script&amp;gt;" * 5000)
    + b"</script>",
    "marks": posting(title=ANGRY, description=ANGRY * 200, hiringOrganization={"name": ANGRY}, identifier=ANGRY),
    "numbers": posting(
        workHours=1e308, totalJobOpenings="9" * 4000, baseSalary={"value": "1e999999999"}, validThrough="9999-99-99"
    ),
    "odd": posting(
        workHours={"a": 1},
        baseSalary=[[[]]],
        jobLocation=[[]],
        identifier={"value": {}},
        employmentType=[1, None, {}],
        hiringOrganization=[[]],
        occupationalCategory=[{}],
        validThrough=7,
        jobStartDate=[],
        totalJobOpenings={},
    ),
    "directions": posting(title="Bage \u202e\u2066 brød", description="\u202e" * 3000),
    "days": posting(validThrough="0001-01-01", jobStartDate="10000-01-01"),
    "cut": posting(description="x" * 9000)[:-20],
    "open script": b"<script type='application/ld+json'>" * 20_000,
    "open tags": posting(title="<" * 50_000, description="<br" * 50_000),
    "breaks": posting(description="\n" * 300_000 + "x"),
    "spaces": posting(description=(" \n" * 150_000) + "<p"),
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 9000,
    "utf-16": "{}".encode("utf-16"),
}


@pytest.mark.parametrize("kind", POSTINGS)
def test_a_posting_from_anywhere(laid: Laid, kind: str, heard: list[str]) -> None:
    """It is read or refused, nothing of it stands as markup, and what it fills in can be sent back."""
    path = laid.addresses()["posting_upload"][0]
    for user in (laid.at.broker, laid.at.employer):
        browser = accounts.log_in(Client(raise_request_exception=False), user)
        sent = SimpleUploadedFile("opslag.html", POSTINGS[kind], content_type="text/html")
        answer = browser.post(path, {"file": sent})
        assert answer.status_code in (200, 413, 422)
        text = answer.content.decode()
        assert "<script>alert" not in text and "<img src=x" not in text
        carried = dict(_hidden(text))
        for press in ("take", "save"):
            again = browser.post(path, {**carried, press: "1"})
            assert again.status_code in (200, 302, 422), press
            assert "<script>alert" not in again.content.decode()


def _hidden(text: str) -> Iterator[tuple[str, str]]:
    for tag in findall(r"<input[^>]*type=\"hidden\"[^>]*>", text):
        name, value = findall(r'name="([^"]*)"', tag), findall(r'value="([^"]*)"', tag)
        if name and name[0] != "form_token":
            yield name[0], unescape(value[0]) if value else ""


def test_nothing_ends_the_script_of_the_public_page() -> None:
    made = openings.opening(
        title=ANGRY[:110], description=ANGRY * 20, is_public=True, employer_name=ANGRY[:110], wage_text=ANGRY[:110],
        place_name=ANGRY[:110], city=ANGRY[:50], address=ANGRY[:110],
    )  # fmt: skip
    text = Client().get(reverse("public_job", args=[made.pk])).content.decode()
    script = text.partition('<script type="application/ld+json"')[2].partition(">")[2].partition("</script>")[0]
    told = json.loads(script)
    assert told["title"] == ANGRY[:110] and "<" not in script
    assert "<script>alert" not in text and "<img src=x" not in text
    listed = Client().get(reverse("public_jobs")).content.decode()
    assert "<script>alert" not in listed and "<img src=x" not in listed


def test_signing_for_somebody_needs_one_of_the_two(laid: Laid) -> None:
    browser = accounts.log_in(Client(raise_request_exception=False), laid.at.broker)
    told = {"digest": laid.version.digest, "name": "X", "reason": "Fordi"}
    for party in (Party.MUNICIPALITY, Party.OTHER, "nobody", ""):
        answer = browser.post(laid.addresses()["agreement_sign_for"][0], {**told, "party": party})
        assert answer.status_code == 422, party


# ---- What one writes does not break the page of another ----


@pytest.mark.parametrize("kind", NAMES)
def test_words_break_no_card_and_no_paper(kind: str) -> None:
    """Words that stand on a card, at a table and in an agreement are words everywhere: pages, papers, calendar."""
    words = f"{NAMES[kind]} #panic() \\evil\r\nATTENDEE:x\nX-EVIL:y"
    shop = Shop()
    card = cards.card(
        proposal=shop.proposal, by=shop.account, name=words[:60], needs=(("standing", words),), note=words, job=words
    )
    at = placements.table()
    meeting = placements.introduction(at=at, place=words)
    placements.said(introduction=meeting, by=at.citizen.user, text=words, name=words[:100])
    version = placements.agreement(
        at=at,
        tasks=words,
        place=words,
        contact_text=words,
        wage_text=words,
        name=words[:100],
        employer_name=words[:100],
    )
    pages = {
        shop.account: [reverse("card", args=[card.pk]), reverse("card_pdf", args=[card.pk])],
        shop.bente: [
            reverse("our_card", args=[card.pk]),
            reverse("our_card_pdf", args=[card.pk]),
            reverse("our_cards"),
        ],
        at.broker: [
            *(reverse(name, args=[meeting.pk]) for name in ("introduction", "introduction_calendar")),
            *(reverse(name, args=[version.pk]) for name in ("agreement", "agreement_pdf")),
        ],
        at.employer: [
            *(reverse(name, args=[meeting.pk]) for name in ("our_introduction", "our_introduction_calendar")),
            *(reverse(name, args=[version.pk]) for name in ("our_agreement", "our_agreement_pdf")),
        ],
    }
    for user, paths in pages.items():
        browser = accounts.log_in(Client(raise_request_exception=False), user)
        for path in paths:
            shown = browser.get(path)
            assert shown.status_code == 200, (path, shown.status_code)
            if "html" in shown["Content-Type"]:
                assert b"<script>alert" not in shown.content and b"<image href" not in shown.content, path
                assert b"diagnos" not in shown.content.lower(), path
            elif path.endswith(".pdf"):
                assert shown.content.startswith(b"%PDF"), path
            else:
                assert b"\nATTENDEE" not in shown.content and b"\nX-EVIL" not in shown.content, path
