"""The pages of cards: chosen by the citizen, read by one company, taken back at once, on paper, and in the log."""

import io
import re
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobbro.apps.accounts.models import User
from jobbro.apps.matching.card_checking import months_after
from jobbro.apps.matching.models import Card
from jobbro.engines.support.catalogue import catalogue
from tests.factories import accounts, cards, employers
from tests.factories.looks import looks_by
from tests.factories.rows import rows_of, run
from tests.factories.shop import Shop

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
HOSTILE = "<b>Jeg</b> *har* #brug $for$ @ro _nu_ 👍🏽 שלום"


class Scene(Shop):
    """The bakery with the screens of Anna, her broker and Bente, in English."""

    def __init__(self, **more: bool) -> None:
        super().__init__(**more)
        self.home, self.desk, self.till = (in_english(user) for user in (self.account, self.broker, self.bente))

    @property
    def make(self) -> str:
        return reverse("card_make", args=[self.proposal.pk])

    def given(self, **shown: object) -> Card:
        return cards.card(proposal=self.proposal, by=self.account, **shown)


def in_english(user: User) -> Client:
    client = accounts.log_in(Client(), user)
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def scene() -> Scene:
    return Scene()


def main_of(answer) -> str:
    return re.search(r"<main.*</main>", answer.content.decode(), re.DOTALL)[0]


def words_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main_of(answer)))


def card_part(answer) -> str:
    """The card itself as it is drawn."""
    return re.search(r'<article class="panel".*?</article>', answer.content.decode(), re.DOTALL)[0]


def chosen(**changes: str) -> dict[str, str]:
    """The form with one need and one support ticked; an empty change takes the field away."""
    form = {
        "name": "given",
        "show_standing": "on",
        "words_standing": "Jeg sidder ned, når jeg pakker.",
        "measure_checklists": "on",
        "note": "Spørg mig gerne.",
        "from_on": TODAY.isoformat(),
        "until_on": months_after(TODAY, months=3).isoformat(),
        "act": "preview",
        **changes,
    }
    return {name: value for name, value in form.items() if value != ""}


def hidden(answer) -> dict[str, str]:
    """What the preview carries on to the giving."""
    form = main_of(answer).split('name="seen"')[0].rsplit("<form", 1)[1] + main_of(answer).split('name="seen"')[1]
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form.split("</form>")[0]))
    fields["seen"] = re.search(r'name="seen" value="(\w+)"', main_of(answer))[1]
    return {name: value for name, value in fields.items() if name != "act"}


def given_by_form(scene: Scene, *, by: Client | None = None, **changes: str):
    browser = by or scene.home
    preview = browser.post(scene.make, chosen(**changes))
    assert preview.status_code == 200
    return preview, browser.post(scene.make, {**hidden(preview), "act": "give"})


# ---- Choosing ----


def test_nothing_is_chosen_beforehand(scene: Scene) -> None:
    page = main_of(scene.home.get(scene.make))
    assert "checked" not in page
    assert re.findall(r'name="show_(\w+)"', page) == ["standing", "memory"]
    assert re.findall(r'name="measure_(\w+)"', page)
    assert f'value="{months_after(TODAY, months=3).isoformat()}"' in page
    assert "on_behalf" not in page and "on_behalf" in main_of(scene.desk.get(scene.make))


def test_sentences_begin_with_what_helps_and_not_with_why(scene: Scene) -> None:
    scene.talk_about_lifting()
    page = main_of(scene.home.get(scene.make))
    assert re.findall(r'name="show_(\w+)"', page) == ["lifting"]
    assert "En vogn.</textarea>" in page and "Kasserne er tunge." not in page


def test_the_company_sees_exactly_what_was_seen_before(scene: Scene) -> None:
    preview, answer = given_by_form(scene)
    receipt = scene.home.get(answer.headers["Location"])
    card_id = answer.headers["Location"].split("/")[2]
    at_the_bakery = scene.till.get(reverse("our_card", args=[card_id]))
    assert card_part(preview) == card_part(receipt) == card_part(at_the_bakery)
    assert "Jeg sidder ned, når jeg pakker." in card_part(preview)
    assert "Bageriet Kornblomst can read this until" in words_of(receipt)


def test_the_preview_writes_nothing(scene: Scene) -> None:
    assert scene.home.post(scene.make, chosen()).status_code == 200
    assert not rows_of("select 1 from matching_card") and not rows_of("select 1 from citizens_consent")


def test_what_was_chosen_can_be_changed_before_it_is_given(scene: Scene) -> None:
    preview = scene.home.post(scene.make, chosen(note="Mine ord"))
    again = scene.home.post(scene.make, {**hidden(preview), "act": "change"})
    assert again.status_code == 200
    page = main_of(again)
    assert "Mine ord</textarea>" in page
    assert re.findall(r'<input type="checkbox" name="(\w+)"[^>]*checked', page) == [
        "show_standing",
        "measure_checklists",
    ]


def test_a_sentence_without_a_tick_is_not_shown(scene: Scene) -> None:
    preview, _answer = given_by_form(scene, words_memory="Det her er min egen sag.")
    (row,) = rows_of("select content from matching_card")
    assert "egen sag" not in card_part(preview) and "egen sag" not in str(row.content)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ("Choose an answer.", {"name": ""}),
        ("Write a sentence, or take the tick away.", {"words_standing": " "}),
        ("That looks like a CPR number.", {"note": "010203-4567"}),
        ("A card holds a year at most.", {"until_on": "2099-01-01"}),
        ("The last day comes before the first one.", {"until_on": TODAY.isoformat(), "from_on": "2099-01-01"}),
        ("The first day has passed.", {"from_on": "2020-01-01"}),
        ("Write a date such as", {"until_on": "snart"}),
        ("Choose at least one thing", {"show_standing": "", "measure_checklists": "", "note": ""}),
        ("The text is too long.", {"words_standing": "x" * 301}),
    ],
)
def test_what_must_be_put_right_is_said_and_nothing_is_lost(scene: Scene, said: str, changes: dict) -> None:
    for act in ("preview", "give"):
        answer = scene.home.post(scene.make, chosen(**changes, act=act))
        assert answer.status_code == 422 and said in words_of(answer)
        assert "Error" in answer.content.decode().split("</title>")[0]
        if "name" in changes:
            assert "Jeg sidder ned, når jeg pakker." in main_of(answer)
    assert not rows_of("select 1 from matching_card")


def test_an_area_that_was_not_agreed_cannot_be_slipped_in(scene: Scene) -> None:
    _preview, answer = given_by_form(scene, show_lifting="on", words_lifting="Løft", measure_workplace_mentor_x="on")
    assert answer.status_code == 302
    (row,) = rows_of("select content from matching_card")
    assert [need["area"] for need in row.content["needs"]] == ["standing"]


def test_what_changes_under_the_preview_is_shown_again(scene: Scene) -> None:
    preview = scene.home.post(scene.make, chosen())
    run("update jobs_opening set title = 'Hjælp i butikken' where id = $1::uuid", value=scene.opening.pk)
    answer = scene.home.post(scene.make, {**hidden(preview), "act": "give"})
    assert answer.status_code == 409 and "Hjælp i butikken" in card_part(answer)
    assert not rows_of("select 1 from matching_card")
    assert scene.home.post(scene.make, {**hidden(answer), "act": "give"}).status_code == 302


def test_the_same_form_twice_is_one_card(scene: Scene) -> None:
    preview = scene.home.post(scene.make, chosen())
    sent = {**hidden(preview), "act": "give"}
    first, second = (scene.home.post(scene.make, sent) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(rows_of("select 1 from matching_card")) == 1


def test_staff_give_it_with_a_reason_that_the_citizen_reads(scene: Scene) -> None:
    assert scene.desk.post(scene.make, chosen()).status_code == 422
    _preview, answer = given_by_form(scene, by=scene.desk, on_behalf="Anna bad mig om det.")
    page = words_of(scene.home.get(answer.headers["Location"]))
    assert "Given by Jonas Bro" in page and "Anna bad mig om det." in page
    card_id = answer.headers["Location"].split("/")[2]
    assert "bad mig om det" not in scene.till.get(reverse("our_card", args=[card_id])).content.decode()


def test_a_new_card_begins_with_what_stands_on_the_old_one(scene: Scene) -> None:
    scene.given()
    page = main_of(scene.home.get(scene.make))
    assert "has a card already" in page and cards.SENTENCE in page
    assert set(re.findall(r'name="(\w+)"[^>]*checked', page)) == {"name", "show_standing", "measure_checklists"}


def test_a_protected_name_stands_nowhere_at_the_company() -> None:
    scene = Scene(is_protected=True)
    assert 'name="name"' not in main_of(scene.home.get(scene.make))
    _preview, answer = given_by_form(scene, name="full")
    card_id = answer.headers["Location"].split("/")[2]
    for name, args in (("our_card", [card_id]), ("our_cards", [])):
        assert "Hemmelig" not in scene.till.get(reverse(name, args=args)).content.decode()


def test_a_declined_proposal_gets_no_card(scene: Scene) -> None:
    run("update matching_proposal set state = 'declined' where id = $1::uuid", value=scene.proposal.pk)
    answer = scene.home.get(scene.make, follow=True)
    assert answer.redirect_chain == [(reverse("cards", args=[scene.anna.pk]), 302)]
    assert "The proposal has been declined" in words_of(answer)


# ---- What a company sees ----


def test_the_company_reads_the_card_with_advice_and_nothing_else_of_the_person(scene: Scene) -> None:
    card = scene.given()
    pages = {
        name: scene.till.get(reverse(name, args=args))
        for name, args in (("home", []), ("our_cards", []), ("our_card", [card.pk]))
    }
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(pages, 200)
    assert "1 card tells what somebody needs" in words_of(pages["home"])
    assert "Anna" in words_of(pages["our_cards"])
    said = words_of(pages["our_card"])
    for words in (cards.SENTENCE, "Checklists", "Spørg mig gerne.", "Do not ask why.", "What you may ask", "Jonas Bro"):
        assert words in said
    secrets = ("Hemmelig", str(scene.anna.pk), str(scene.proposal.pk), "memory", "0290")
    for name, page in pages.items():
        assert [one for one in secrets if one in page.content.decode()] == [], name


@pytest.mark.parametrize(
    "shown",
    [
        {"from_on": TODAY + timedelta(days=1)},
        {"from_on": TODAY - timedelta(days=30), "until_on": TODAY - timedelta(days=1)},
        {"withdrawn_at": timezone.now()},
    ],
    ids=["before", "after", "taken back"],
)
def test_outside_its_days_the_card_is_not_there_and_names_nobody(scene: Scene, shown: dict) -> None:
    card = scene.given(**shown)
    for name in ("our_card", "our_card_pdf"):
        answer = scene.till.get(reverse(name, args=[card.pk]))
        assert answer.status_code == 404
        assert "The card has been taken back or has expired." in words_of(answer)
        assert "Anna" not in answer.content.decode()
    assert "No cards now" in words_of(scene.till.get(reverse("our_cards")))
    assert "Compensation" not in words_of(scene.till.get(reverse("home")))


def test_after_the_withdrawal_the_very_next_request_is_refused(scene: Scene) -> None:
    card = scene.given()
    ours, back = reverse("our_card", args=[card.pk]), reverse("card_withdraw", args=[card.pk])
    assert scene.till.get(ours).status_code == 200
    assert "cannot read it from now on" in words_of(scene.home.get(back))
    answer = scene.home.post(back)
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("card", args=[card.pk]))
    assert scene.till.get(ours).status_code == 404
    assert "was taken back" in words_of(scene.home.get(answer.headers["Location"]))
    assert scene.home.get(back).status_code == 302


def test_taking_the_consent_back_closes_the_card_too(scene: Scene) -> None:
    card = scene.given()
    consents = scene.home.get(reverse("citizen_consents", args=[scene.anna.pk]))
    assert "Bageriet Kornblomst" in words_of(consents) and 'value="employer_card"' not in main_of(consents)
    scene.home.post(reverse("consent_withdraw", args=[scene.anna.pk, card.consent_id]))
    assert scene.till.get(reverse("our_card", args=[card.pk])).status_code == 404
    assert "was taken back" in words_of(scene.home.get(reverse("card", args=[card.pk])))


def test_another_company_gets_the_same_answer_as_for_no_card_at_all(scene: Scene) -> None:
    card = scene.given()
    other = in_english(employers.employer_user(company=employers.company(name="Gartneriet Grøn Tommel")))
    answers = [other.get(reverse("our_card", args=[one])) for one in (card.pk, card.consent_id)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert words_of(answers[0]) == words_of(answers[1])
    assert other.get(f"{reverse('our_cards')}?company={scene.company.pk}").status_code == 404
    for name in ("card", "card_pdf", "card_withdraw"):
        assert scene.till.get(reverse(name, args=[card.pk])).status_code == 403


def test_somebody_with_two_companies_sees_the_card_of_each_under_its_own(scene: Scene) -> None:
    card = scene.given()
    other = employers.company(team=scene.team, broker=scene.broker, name="Aagaards Café")
    employers.contact(company=other, user=scene.bente, name="Bente Bager", is_first=False)
    assert "No cards now" in words_of(scene.till.get(reverse("our_cards")))
    theirs = scene.till.get(f"{reverse('our_cards')}?company={scene.company.pk}")
    assert "Anna" in words_of(theirs)
    page = scene.till.get(reverse("our_card", args=[card.pk]))
    assert f"?company={scene.company.pk}" in main_of(page)


def test_a_company_that_has_closed_reads_no_card(scene: Scene) -> None:
    card = scene.given()
    run("update employers_company set state = 'closed' where id = $1::uuid", value=scene.company.pk)
    for name, args in (("our_cards", []), ("our_card", [card.pk]), ("our_card_pdf", [card.pk])):
        answer = scene.till.get(reverse(name, args=args))
        assert "Anna" not in answer.content.decode() and cards.SENTENCE not in answer.content.decode()
    assert [one for one in looks_by(scene.bente) if one.outcome == "shown"] == []


# ---- Who has looked ----


def test_a_look_of_the_company_is_told_to_the_citizen_by_its_name(scene: Scene) -> None:
    card = scene.given()
    for name, args in (("our_cards", []), ("our_card", [card.pk]), ("our_card_pdf", [card.pk])):
        scene.till.get(reverse(name, args=args))
    looks = looks_by(scene.bente)
    assert [(look.purpose, look.kind, look.purpose_text) for look in looks] == [
        ("card", "list", "Bageriet Kornblomst"),
        ("card", "read", "Bageriet Kornblomst"),
        ("card", "print", "Bageriet Kornblomst"),
    ]
    assert all(look.citizen_ids == [scene.anna.pk] for look in looks)
    assert [look.criterion for look in looks] == [b"", card.pk.bytes, card.pk.bytes]
    told = words_of(scene.home.get(reverse("lookups")))
    assert "Bageriet Kornblomst Read the compensation card you gave" in told and "Employee" not in told
    front = words_of(scene.home.get("/"))
    assert "Bageriet Kornblomst – Read the compensation card you gave" in front and "Employee" not in front
    for browser in (scene.home, scene.desk):
        page = words_of(browser.get(reverse("card", args=[card.pk])))
        assert "has not opened" not in page and page.count(", on paper") == 1


def test_a_look_at_one_card_is_no_look_at_another(scene: Scene) -> None:
    first = scene.given(withdrawn_at=timezone.now())
    second = scene.given()
    scene.till.get(reverse("our_card", args=[second.pk]))
    assert "has not opened" in words_of(scene.home.get(reverse("card", args=[first.pk])))
    assert "has not opened" not in words_of(scene.home.get(reverse("card", args=[second.pk])))


def test_a_try_at_a_card_that_is_not_there_is_recorded(scene: Scene) -> None:
    card = scene.given(withdrawn_at=timezone.now())
    scene.till.get(reverse("our_card", args=[card.pk]))
    (look,) = looks_by(scene.bente)
    assert (look.purpose, look.outcome, look.citizen_ids) == ("card", "denied", [])


# ---- On paper ----


@pytest.mark.parametrize("name", ["card_pdf", "our_card_pdf"])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_paper_is_tagged_and_says_what_the_page_says(scene: Scene, name: str, language: str) -> None:
    card = scene.given(note=HOSTILE, needs=(("standing", HOSTILE), ("memory", cards.SENTENCE)))
    browser = scene.home if name == "card_pdf" else scene.till
    browser.cookies["django_language"] = language
    answer = browser.get(reverse(name, args=[card.pk]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="kompensationskort.pdf"'
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        root = pdf.Root
        about = pdf.open_metadata()
        assert str(root.Lang).startswith(language)
        assert bool(root.MarkInfo.Marked) and bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(about.get("pdfuaid:part")) == "1"
        assert about.get("dc:title")
        assert "Anna" not in str(about) and "Hemmelig" not in str(about)
        assert len(pdf.pages) == 1
        headings = [*_elements(root.StructTreeRoot, "/H1"), *_elements(root.StructTreeRoot, "/H2")]
        assert len(headings) == 4
        assert list(_elements(root.StructTreeRoot, "/Figure")) == ["jobbro"]


@pytest.mark.parametrize("text", ["e\u0301\u0327 ש\u0301", "\u202egro\u202c", "ᚠ漢字", "x" * 1000])
def test_whatever_was_written_the_paper_is_made(scene: Scene, text: str) -> None:
    card = scene.given(note=text)
    assert scene.home.get(reverse("card_pdf", args=[card.pk])).content[:5] == b"%PDF-"


def _elements(node, kind):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _elements(child, kind)
    elif isinstance(node, pikepdf.Dictionary):
        if node.get("/S") == kind:
            yield str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _elements(node.K, kind)


# ---- Words, permissions, queries ----


def test_the_easy_pages_say_it_shorter(scene: Scene) -> None:
    scene.home.cookies["jobbro_easy"] = "1"
    pages = (scene.home.get(scene.make), scene.home.post(scene.make, chosen()))
    pages += (scene.home.get(reverse("cards", args=[scene.anna.pk])),)
    for page, words in zip(
        pages, ("You decide what", "Nobody has seen this yet.", "You choose the words."), strict=True
    ):
        assert words in words_of(page)


def test_the_word_never_occurs(scene: Scene) -> None:
    card = scene.given(measures=tuple(entry.code for entry in catalogue().entries))
    pages = [
        scene.home.get(scene.make),
        scene.home.post(scene.make, chosen()),
        scene.desk.get(scene.make),
        *(scene.home.get(reverse(name, args=[card.pk])) for name in ("card", "card_withdraw")),
        scene.home.get(reverse("cards", args=[scene.anna.pk])),
        *(scene.till.get(reverse(name, args=args)) for name, args in (("our_cards", []), ("our_card", [card.pk]))),
    ]
    for language in ("en", "da"):
        scene.till.cookies["django_language"] = scene.home.cookies["django_language"] = language
        pages += [scene.till.get(reverse("our_card", args=[card.pk])), scene.home.get(scene.make)]
    assert all(page.status_code == 200 for page in pages)
    assert [page for page in pages if re.search("diagnos", page.content.decode(), re.IGNORECASE)] == []


def test_a_stranger_opens_nothing(scene: Scene) -> None:
    card = scene.given()
    stranger = in_english(Shop().account)
    for name, value in (("card_make", scene.proposal.pk), ("card", card.pk), ("card_pdf", card.pk)):
        assert stranger.get(reverse(name, args=[value])).status_code == 404
    assert stranger.post(reverse("card_withdraw", args=[card.pk])).status_code == 404
    assert stranger.get(reverse("cards", args=[scene.anna.pk])).status_code == 404
    assert Client().get(reverse("our_card", args=[card.pk])).status_code == 302


def test_the_pages_ask_the_database_as_often_as_they_need(scene: Scene) -> None:
    card = scene.given()
    for days in (40, 60):
        scene.given(
            from_on=TODAY - timedelta(days=days), until_on=TODAY - timedelta(days=1), withdrawn_at=timezone.now()
        )
    asked = {
        "card_make": (scene.home, scene.proposal.pk),
        "cards": (scene.home, scene.anna.pk),
        "card": (scene.home, card.pk),
        "our_cards": (scene.till, None),
        "our_card": (scene.till, card.pk),
    }
    counted = {}
    for name, (browser, value) in asked.items():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(reverse(name, args=[value] if value else [])).status_code == 200
        counted[name] = len(queries)
    assert counted == {"card_make": 12, "cards": 11, "card": 10, "our_cards": 10, "our_card": 10}
