"""The guide's texts: everything is there, in four wordings, and reads easily, warmly and without labels."""

import re
from collections.abc import Iterator

import pytest

from jobbro.engines.needs import Guide, Topic, TopicText, load_guide, part_wording, phrases, wording
from jobbro.kernel.lix import lix
from jobbro.kernel.vocabulary import AREAS, GROUPS

GUIDE = load_guide()
LIMITS = {"da": 35, "da_let": 25}
FORBIDDEN = {
    "da": r"handicap|diagnos|mangle|manglende|\bsvage?\b|nedsat|begrænsning|sygdomme|målgruppe|sag nr|lider af|normal",
    "en": r"handicap|diagnos|disab|\bweak|deficien|lacking|suffer|impair|normal|patient",
}
# -s passives end like these; the words listed are none.
PASSIVE = re.compile(r"\b\w{2,}(?:eres|ges|les|tes|des|nes|kes|ses|res|bes|ves)\b")
NO_PASSIVE = {"alles", "anderledes", "andres", "deres", "jeres", "synes", "vores", "mindes"}


def _texts(text: TopicText) -> Iterator[str]:
    yield from (text.title, text.question, text.hint, text.follow_up)
    yield from (*text.levels.values(), *text.choices.values(), *text.numbers.values())


def _everything(guide: Guide, key: str) -> Iterator[tuple[str, str]]:
    for topic in guide.topics:
        yield from ((topic.code, text) for text in _texts(topic.wordings[key]) if text)
    for part in guide.parts:
        yield from ((part.code, text) for text in (part.wordings[key].title, part.wordings[key].intro))
    yield from guide.phrases[key].items()


def _running_text(guide: Guide, key: str) -> Iterator[tuple[str, str]]:
    """Texts that are read as sentences; LIX leaves out headings and lists."""
    for topic in guide.topics:
        text = topic.wordings[key]
        yield from ((topic.code, part) for part in (text.question, text.hint, text.follow_up) if part)
        if text.levels:
            yield topic.code, " ".join(text.levels.values())
    yield from ((part.code, part.wordings[key].intro) for part in guide.parts)
    yield from guide.phrases[key].items()


def test_parts_come_in_the_order_of_the_conversation() -> None:
    assert [part.code for part in GUIDE.parts] == [
        "hopes",
        "work_gives",
        "hours",
        "travel",
        "skills",
        "wishes",
        "first_round",
        *GROUPS,
    ]


def test_all_24_areas_have_a_topic_in_their_groups_part() -> None:
    areas = [topic for topic in GUIDE.topics if topic.area]
    assert tuple(topic.area for topic in areas) == tuple(AREAS)
    assert all(topic.part == topic.group and topic.kind == "level" for topic in areas)


def test_nothing_is_required() -> None:
    assert not any(topic.required for topic in GUIDE.topics)


@pytest.mark.parametrize("key", ["da", "da_let", "en", "en_easy"])
def test_every_area_has_an_open_question_five_sentences_and_a_follow_up(key: str) -> None:
    for topic in (topic for topic in GUIDE.topics if topic.area):
        text = topic.wordings[key]
        assert tuple(text.levels) == (4, 3, 2, 1, 0)
        assert len(set(text.levels.values())) == 5
        assert text.question and text.follow_up.endswith("?")
        assert all(level.count(".") == 1 and level.endswith(".") for level in text.levels.values()), topic.code


@pytest.mark.parametrize("key", ["da", "da_let"])
def test_the_danish_sentences_say_how_hard_it_is(key: str) -> None:
    for topic in (topic for topic in GUIDE.topics if topic.area):
        levels = topic.wordings[key].levels
        assert "lidt svært" in levels[3]
        assert "svært" in levels[2] and "lidt" not in levels[2] and "meget" not in levels[2]
        assert "meget svært" in levels[1]
        assert not any("svært" in levels[level] for level in (4, 0)), topic.code


@pytest.mark.parametrize("key", LIMITS)
def test_texts_read_easily(key: str) -> None:
    hard = [(code, round(lix(text)), text) for code, text in _running_text(GUIDE, key) if lix(text) > LIMITS[key]]
    assert hard == []


@pytest.mark.parametrize("key", ["da", "da_let", "en", "en_easy"])
def test_no_label_and_no_scolding(key: str) -> None:
    forbidden = re.compile(FORBIDDEN[key[:2]], re.IGNORECASE)
    assert [(code, text) for code, text in _everything(GUIDE, key) if forbidden.search(text)] == []


@pytest.mark.parametrize("key", ["da_let", "en_easy"])
def test_easy_texts_have_one_thought_a_line(key: str) -> None:
    for code, text in _running_text(GUIDE, key):
        lines = re.split(r"\n|(?<=[.?!]) ", text)
        for line in lines:
            assert len(line.split()) <= 16, (code, line)
            assert line.count(",") <= 2 and ";" not in line and "(" not in line, (code, line)
        if "\n" in text:
            assert all(re.fullmatch(r"[^.?!]+[.?!]", line) for line in text.splitlines()), (code, text)


def test_easy_danish_has_no_passive() -> None:
    found = [
        (code, word)
        for code, text in _everything(GUIDE, "da_let")
        for word in PASSIVE.findall(text.lower())
        if word not in NO_PASSIVE
    ]
    assert found == []


@pytest.mark.parametrize("key", ["en", "en_easy"])
def test_english_holds_no_danish(key: str) -> None:
    assert [text for _code, text in _everything(GUIDE, key) if re.search(r"[æøåÆØÅ]", text)] == []


@pytest.mark.parametrize(("normal", "easy"), [("da", "da_let"), ("en", "en_easy")])
def test_every_question_has_its_own_easy_wording(normal: str, easy: str) -> None:
    def read(topic: Topic, key: str) -> str:
        return topic.wordings[key].question + topic.wordings[key].hint

    assert [topic.code for topic in GUIDE.topics if read(topic, normal) == read(topic, easy)] == []


def test_the_first_round_lets_a_person_say_each_of_the_four_things() -> None:
    for group, areas in GROUPS.items():
        topic = GUIDE.first_round(group)
        assert topic.choices == (*areas, "all_fine", "rest_fine", "not_now")
        assert tuple(wording(topic).choices) == topic.choices


def test_wording_follows_language_and_ease() -> None:
    topic = GUIDE.topic("lifting")
    assert wording(topic) is topic.wordings["da"]
    assert wording(topic, "da-DK", easy=True) is topic.wordings["da_let"]
    assert wording(topic, "en", easy=True) is topic.wordings["en_easy"]
    assert part_wording(GUIDE.part("body"), "en").title == "The body"
    assert phrases(GUIDE)["dont_know"] == "Ved ikke"


def test_unknown_language_topic_and_part_are_refused() -> None:
    with pytest.raises(ValueError, match=r"no wording in 'de'\. Use one of: da, en"):
        wording(GUIDE.topic("lifting"), "de")
    with pytest.raises(KeyError, match="juggling"):
        GUIDE.topic("juggling")
    with pytest.raises(KeyError, match="juggling"):
        GUIDE.part("juggling")
