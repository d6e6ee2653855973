"""The pages of key persons: who may open them, what goes along, errors that keep what was typed, and no extra query."""

import pytest
from django.test import Client
from django.urls import reverse

from jobbro.apps.key_persons.enums import QuestionState
from jobbro.apps.key_persons.models import Entry, Question
from tests.factories import accounts, applications, citizens, key_persons
from tests.factories.accounts import acting, log_in
from tests.factories.rows import rows_of

pytestmark = pytest.mark.django_db
ASK = "/key-persons/ask/"


@pytest.fixture
def house() -> key_persons.House:
    return key_persons.House()


def client(user) -> Client:
    made = log_in(Client(), user)
    made.cookies["django_language"] = "en"
    return made


def asked(house, **fields) -> dict[str, str]:
    return {"text": "Hvad dækker mentor?", "place": f"{house.unit.pk}:{house.team.pk}", "scheme": "", **fields}


def test_every_page_opens_for_the_key_person(house) -> None:
    question = key_persons.question(
        asker=house.mette, unit=house.unit, team=house.team, state=QuestionState.ANSWERED, taken_by=house.karin
    )
    entry = key_persons.entry(municipality=house.municipality, by=house.karin)
    row = key_persons.adviser(user=house.karin, unit=house.unit)
    desk = client(house.karin)
    for name, args in (
        ("key_persons", []),
        ("key_person_set", [house.unit.pk]),
        ("key_person_change", [row.pk]),
        ("key_person_away", [row.pk]),
        ("key_person_end", [row.pk]),
        ("key_person_use", []),
        ("ask_key_person", []),
        ("questions", []),
        ("question", [question.pk]),
        ("question_keep", [question.pk]),
        ("knowledge", []),
        ("knowledge_near", []),
        ("knowledge_add", []),
        ("knowledge_entry", [entry.pk]),
        ("knowledge_change", [entry.pk]),
    ):
        assert desk.get(reverse(name, args=args)).status_code == 200, name


def test_citizens_and_employers_never(house) -> None:
    anna = citizens.citizen(team=house.team, has_login=True)
    entry = key_persons.entry(municipality=house.municipality, by=house.karin, is_wide=True)
    home = client(anna.user)
    for name, args in (("key_persons", []), ("knowledge", []), ("questions", []), ("knowledge_entry", [entry.pk])):
        assert home.get(reverse(name, args=args)).status_code == 403, name
    assert "key-persons/ask" not in home.get(reverse("home")).content.decode()


def test_the_link_stands_on_every_staff_page_with_its_path(house) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette)
    path = reverse("citizen", args=[anna.pk])
    text = client(house.mette).get(path).content.decode()
    assert f"{ASK}?from={path.replace('/', '%2F')}" in text


def test_a_question_is_sent_in_two_steps(house) -> None:
    key_persons.entry(municipality=house.municipality, by=house.karin, title="Hvad dækker mentor i praktik?")
    desk = client(house.mette)
    first = desk.post(ASK, asked(house))
    assert first.status_code == 200
    assert "1 earlier answer looks like your question" in first.content.decode()
    sent = desk.post(ASK, asked(house, sure="yes"))
    with acting(house.mette):
        question = Question.objects.get()
    assert sent.url == reverse("question", args=[question.pk])
    assert "Hvad dækker mentor?" in desk.get(sent.url).content.decode()


def test_the_scheme_of_the_application_goes_along_and_can_be_left_out(house) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette)
    application = applications.application(citizen=anna, started_by=house.mette, scheme="personlig_assistance")
    path = reverse("application", args=[application.pk])
    desk = client(house.mette)
    shown = desk.get(ASK, {"from": path}).content.decode()
    assert 'value="scheme:personlig_assistance"' in shown
    assert "Anna" not in shown
    desk.post(ASK, asked(house, sure="yes", came_from=path))
    desk.post(ASK, asked(house, sure="yes", came_from=path, context=["scheme:personlig_assistance"]))
    with acting(house.mette):
        kept = [question.context for question in Question.objects.order_by("pk")]
    assert kept[0] == []
    assert [item["code"] for item in kept[1]] == ["personlig_assistance"]


def test_a_page_that_is_not_mine_lends_nothing(house) -> None:
    bo = citizens.citizen(team=house.other_team, lead=house.peter)
    application = applications.application(citizen=bo, started_by=house.peter, scheme="mentor")
    shown = client(house.mette).get(ASK, {"from": reverse("application", args=[application.pk])}).content.decode()
    assert "scheme:mentor" not in shown


@pytest.mark.parametrize("text", ["Annas chef spørger", "Hvad med 010203-4567?", "Han er født i 1987"])
def test_a_question_that_names_somebody_is_refused_and_kept_on_the_page(house, text) -> None:
    anna = citizens.citizen(team=house.team, lead=house.mette)
    path = reverse("citizen", args=[anna.pk])
    answer = client(house.mette).post(ASK, asked(house, text=text, sure="yes", came_from=path))
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert rows_of("select id from key_persons_question") == []


def test_the_fragment_tells_near_answers(house) -> None:
    key_persons.entry(municipality=house.municipality, by=house.karin)
    answer = client(house.mette).post(reverse("knowledge_near"), {"text": "hvad er en paragraf 56 aftale"})
    assert "<mark>56</mark>" in answer.content.decode()


def test_what_is_kept_is_read_and_changed(house) -> None:
    question = key_persons.question(
        asker=house.mette, unit=house.unit, team=house.team, state=QuestionState.ANSWERED, taken_by=house.karin
    )
    desk = client(house.karin)
    fields = {
        "title": "Gælder aftalen fra første dag?",
        "answer": "Ja, fra godkendelsen.",
        "check_on": "2027-11-01",
        "municipality": house.municipality.code,
    }
    kept = desk.post(reverse("question_keep", args=[question.pk]), fields)
    with acting(house.karin):
        entry = Entry.objects.get()
        assert Question.objects.get().entry_id == entry.pk
    page = desk.get(kept.url).content.decode()
    assert "Ja, fra godkendelsen." in page
    seen = "x"
    stale = desk.post(reverse("knowledge_change", args=[entry.pk]), {**fields, "seen": seen})
    assert stale.status_code == 409
    again = stale.context["form"].data["seen"]
    done = desk.post(reverse("knowledge_change", args=[entry.pk]), {**fields, "answer": "Ja.", "seen": again})
    assert done.status_code == 302
    assert "2 wordings" in desk.get(kept.url).content.decode()


def test_somebody_elses_question_is_not_there(house) -> None:
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    for user in (house.peter, house.stranger, house.analyst):
        assert client(user).get(reverse("question", args=[question.pk])).status_code == 404
    assert client(house.lead).get(reverse("question", args=[question.pk])).status_code == 200


def test_small_numbers_are_told_as_few(house) -> None:
    for _ in range(3):
        key_persons.question(asker=house.mette, unit=house.unit, schemes=("mentor",))
    text = client(house.analyst).get(reverse("key_person_use")).content.decode()
    assert ">hidden<" in text
    assert ">3<" not in text


def test_an_empty_search_says_so(house) -> None:
    text = client(house.mette).get(reverse("knowledge"), {"q": "\x00%_' or"}).content.decode()
    assert "Nothing found" in text


@pytest.mark.parametrize(
    ("name", "most"), [("key_persons", 24), ("questions", 24), ("knowledge", 20), ("ask_key_person", 20)]
)
def test_the_queries_do_not_grow(house, name, most, django_assert_max_num_queries) -> None:
    def many(count: int) -> None:
        for _ in range(count):
            key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
            key_persons.entry(municipality=house.municipality, by=house.karin)
            user = accounts.employee(team=house.team)
            key_persons.adviser(user=user, unit=house.unit, team=house.team)

    many(4)
    desk = client(house.karin)
    with django_assert_max_num_queries(most):
        desk.get(reverse(name))
