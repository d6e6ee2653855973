"""Knowledge: nobody in it, found by stems, parts of words and other spellings, every wording kept; small numbers."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from jobbro.apps.key_persons.enums import QuestionState
from jobbro.apps.key_persons.highlighting import extract, marked
from jobbro.apps.key_persons.models import EntryVersion
from jobbro.apps.key_persons.refusals import NotNow, NotThere, Refused
from jobbro.apps.key_persons.selectors.knowledge import KnowledgeSearch, entry_page, knowledge, near_answers
from jobbro.apps.key_persons.selectors.use import use
from jobbro.apps.key_persons.services.knowledge import EntryDraft, change_entry, say_useful, withdraw_entry, write_entry
from jobbro.apps.key_persons.wording import name_marks
from jobbro.apps.organisations.stamps import StaleEdit
from tests.factories import key_persons
from tests.factories.accounts import acting

pytestmark = pytest.mark.django_db
AT = key_persons.ASKED_AT
ON = date(2026, 11, 20)


@pytest.fixture
def house() -> key_persons.House:
    return key_persons.House()


def draft(**fields) -> EntryDraft:
    given = {
        "title": "Hvad dækker mentor?",
        "answer": "Støtte til at få og holde et job.",
        "check_on": date(2027, 11, 1),
    }
    return EntryDraft(**{**given, **fields})


def write(house, *, by=None, question=None, **fields):
    with acting(by or house.karin) as actor:
        return write_entry(
            actor=actor,
            draft=draft(**fields),
            municipality=house.municipality.code,
            question_id=question.pk if question else None,
            at=AT,
            on=ON,
        )


def found(house, words="", *, by=None, **fields) -> list:
    with acting(by or house.mette) as actor:
        page = knowledge(actor=actor, search=KnowledgeSearch(words=words, **fields), on=ON)
    return [one.id for one in page.found]


@pytest.mark.parametrize(
    "words",
    [
        "arbejdspladsindretning",
        "arbejdspladsindretninger",
        "indretning",
        "indretninger hjælpemidler",
        "hjaelpemidler",
        "HJÆLPEMIDLERNE",
        "hoereapparat",
        "hjelpemiddel",
        "hvad med et høreapparat",
    ],
)
def test_it_is_found_by_stems_parts_and_other_spellings(house, words) -> None:
    wanted = key_persons.entry(
        municipality=house.municipality,
        by=house.karin,
        title="Er et høreapparat et hjælpemiddel?",
        answer="Hjælpemidler og arbejdspladsindretning gives efter samme lov.",
    )
    key_persons.entry(municipality=house.municipality, by=house.karin, title="Noget om løn", answer="Overenskomst.")
    assert found(house, words) == [wanted.pk]


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "'", "' | '", "a:* & b", "!!", "(", "\x00", "e' or true", "''''", "<->"]
)
def test_strange_words_find_nothing_and_break_nothing(house, words) -> None:
    key_persons.entry(municipality=house.municipality, by=house.karin)
    assert len(found(house, words)) <= 1


def test_filters_and_what_holds_no_longer_comes_last(house) -> None:
    old = key_persons.entry(
        municipality=house.municipality, by=house.karin, title="Mentor og mentor", valid_until=date(2026, 1, 1)
    )
    new = key_persons.entry(
        municipality=house.municipality, by=house.karin, title="Om mentor", schemes=("mentor",), groups=("pressure",)
    )
    key_persons.entry(municipality=house.municipality, by=house.karin, title="Mentor", withdrawn_at=AT)
    assert found(house, "mentor") == [new.pk, old.pk]
    assert found(house, scheme="mentor") == [new.pk]
    assert found(house, "mentor", group="body") == []
    with acting(house.mette) as actor:
        page = knowledge(actor=actor, search=KnowledgeSearch(words="mentor"), on=ON)
    assert [one.is_outdated for one in page.found] == [False, True]


def test_a_whole_question_finds_what_is_near(house) -> None:
    near = key_persons.entry(municipality=house.municipality, by=house.karin)
    key_persons.entry(
        municipality=house.municipality, by=house.karin, title="Noget om løn", answer="Overenskomst.", schemes=()
    )
    with acting(house.mette) as actor:
        answers = near_answers(actor=actor, text="Hvordan kan jeg få en § 56-aftale til at gælde?", on=ON)
        assert near_answers(actor=actor, text="Hvad kan man?", on=ON) == ()
    assert [one.id for one in answers] == [near.pk]
    assert any(part.is_hit and part.text == "56" for part in answers[0].title)


def test_hits_are_marked_inside_words_and_the_extract_holds_one() -> None:
    text = "Noget andet. " * 40 + "Her gives arbejdspladsindretning til virksomheden. " + "Mere. " * 40
    parts = extract(text, stems=["indretning"])
    assert [part.text for part in parts if part.is_hit] == ["arbejdspladsindretning"]
    assert "".join(part.text for part in marked("Hjælpemidler", stems=["hjaelpemid"])) == "Hjælpemidler"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": ""}, "words"),
        ({"answer": "Ring på 0102034567."}, "cpr"),
        ({"answer": "Hun er fra 3. maj 1987."}, "birth_day"),
        ({"answer": "Hun er fra 03-05-1987."}, "birth_day"),
        ({"answer": "Det gælder 030587."}, "birth_day"),
        ({"law_url": "javascript:alert(1)"}, "address"),
        ({"law_url": "https://a b"}, "address"),
        ({"check_on": ON}, "check_on"),
        ({"check_on": date(2036, 1, 1)}, "check_on"),
        ({"valid_until": date(2020, 1, 1)}, "valid_until"),
        ({"schemes": ["anna"]}, "subjects"),
    ],
)
def test_what_cannot_be_kept(house, fields, code) -> None:
    with pytest.raises(Refused) as caught:
        write(house, **fields)
    assert caught.value.code == code


def test_days_of_laws_and_plain_numbers_pass(house) -> None:
    text = "Lov nr. 1482 af 23. december 2004 gælder fra 1. januar 2025. Beløbet er 156.953 kr. og 145000 kr."
    assert write(house, answer=text).answer == text


def test_the_name_behind_the_question_is_refused_also_for_a_colleague_in_another_unit(house) -> None:
    marks = tuple(name_marks("Anna", "Ørsted"))
    question = key_persons.question(
        asker=house.mette,
        unit=house.unit,
        team=house.team,
        state=QuestionState.ANSWERED,
        taken_by=house.karin,
        name_marks=marks,
    )
    with pytest.raises(Refused) as caught:
        write(house, question=question, answer="Ørsteds arbejdsgiver skal søge.")
    assert caught.value.code == "name"
    entry = write(house, question=question)
    with acting(house.karin) as actor, pytest.raises(Refused) as caught:
        page = entry_page(actor=actor, entry_id=entry.pk, on=ON)
        change_entry(actor=actor, entry_id=entry.pk, draft=draft(title="Annas sag"), seen=page.seen, at=AT, on=ON)
    assert (caught.value.code, caught.value.word) == ("name", "Annas")
    with pytest.raises(NotNow):
        write(house, question=question)


def test_only_advisers_write_and_only_of_answered_questions_of_theirs(house) -> None:
    with pytest.raises(PermissionDenied):
        write(house, by=house.mette)
    question = key_persons.question(asker=house.mette, unit=house.unit, team=house.team)
    with pytest.raises(NotNow):
        write(house, question=question)
    far = key_persons.question(
        asker=house.stranger, unit=house.far_unit, state=QuestionState.ANSWERED, taken_by=house.stranger
    )
    with pytest.raises(NotThere):
        write(house, question=far)
    with acting(house.karin) as actor, pytest.raises(Refused) as caught:
        municipality = house.far_unit.municipalities.get().code
        write_entry(actor=actor, draft=draft(), municipality=municipality, question_id=None, at=AT, on=ON)
    assert caught.value.code == "municipality"


def test_every_wording_is_kept_and_a_stale_one_is_told(house) -> None:
    entry = write(house)
    with acting(house.karin) as actor:
        seen = entry_page(actor=actor, entry_id=entry.pk, on=ON).seen
        change_entry(actor=actor, entry_id=entry.pk, draft=draft(answer="Kortere."), seen=seen, at=AT, on=ON)
        with pytest.raises(StaleEdit):
            change_entry(actor=actor, entry_id=entry.pk, draft=draft(answer="Anden."), seen=seen, at=AT, on=ON)
        withdraw_entry(actor=actor, entry_id=entry.pk, is_back=False, at=AT)
        kept = list(EntryVersion.objects.order_by("number").values_list("number", "answer"))
    assert kept == [(1, draft().answer), (2, "Kortere."), (3, "Kortere.")]
    assert found(house, "mentor") == []
    with acting(house.karin) as actor:
        withdraw_entry(actor=actor, entry_id=entry.pk, is_back=True, at=AT)
    assert found(house, "mentor") == [entry.pk]


def test_useful_counts_once_each(house) -> None:
    entry = key_persons.entry(municipality=house.municipality, by=house.karin)
    for user in (house.mette, house.mette, house.peter):
        with acting(user) as actor:
            say_useful(actor=actor, entry_id=entry.pk, is_useful=True, at=AT)
    with acting(house.peter) as actor:
        assert entry_page(actor=actor, entry_id=entry.pk, on=ON).useful == 2
        say_useful(actor=actor, entry_id=entry.pk, is_useful=False, at=AT)
        page = entry_page(actor=actor, entry_id=entry.pk, on=ON)
    assert (page.useful, page.is_useful_to_me) == (1, False)
    with acting(house.stranger) as actor, pytest.raises(NotThere):
        say_useful(actor=actor, entry_id=entry.pk, is_useful=True, at=AT)


def test_small_numbers_and_what_could_be_worked_out_are_kept_back(house) -> None:
    for number in range(9):
        key_persons.question(
            asker=house.mette,
            unit=house.unit,
            schemes=("mentor",) if number < 6 else ("isbryder",),
            state=QuestionState.CLOSED,
            taken_by=house.karin,
            answer_minutes=60 * (number + 1),
        )
    key_persons.question(asker=house.mette, unit=house.unit, schemes=("mentor",))
    on = timezone.localdate()
    for user in (house.lead, house.karin, house.analyst):
        with acting(user) as actor:
            page = use(actor=actor, unit_id=house.unit.pk, on=on)
        told = {line.code: (line.asked, line.answered) for line in page.schemes}
        # Ten of the quarter less seven about mentor would be the three about isbryder.
        assert told == {"mentor": (None, None), "isbryder": (None, None)}
        assert [(line.asked, line.answered) for line in page.quarters] == [(10, None)]
        assert page.quarters[0].minutes == 300
    for user in (house.mette, house.stranger):
        with acting(user) as actor:
            assert use(actor=actor, unit_id=house.unit.pk, on=on) is None
