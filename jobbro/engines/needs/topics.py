"""The conversation guide as frozen values: parts, topics and the wordings of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["text", "choice", "choices", "number", "slots", "ticks", "level", "occupations"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LEVELS = (4, 3, 2, 1, 0)

# In the first round a person ticks areas, or says one of these about the group.
ALL_FINE = "all_fine"
REST_FINE = "rest_fine"
NOT_NOW = "not_now"
ROUND_CHOICES = (ALL_FINE, REST_FINE, NOT_NOW)
ALONE_IN_ROUND = (ALL_FINE, NOT_NOW)

# How the four wordings are called in the guide files: (language, easy) -> key.
WORDING_KEYS = {("da", False): "da", ("da", True): "da_let", ("en", False): "en", ("en", True): "en_easy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberField:
    """One number a topic asks for; `low` and `high` are included."""

    code: str
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicText:
    """One topic in one wording. In the easy wordings each line is one thought: keep the line breaks on the page."""

    title: str
    question: str
    hint: str
    levels: Mapping[int, str]
    choices: Mapping[str, str]
    numbers: Mapping[str, str]
    follow_up: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartText:
    """The heading of a part and the lines that prepare the reader for it."""

    title: str
    intro: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One thing to talk about. Nothing is ever required.

    `choices` lists the codes that can be chosen; those in `alone` cannot stand together with others.
    """

    code: str
    part: str
    kind: Kind
    area: str | None
    group: str | None
    choices: tuple[str, ...]
    alone: tuple[str, ...]
    most_choices: int | None
    numbers: tuple[NumberField, ...]
    wordings: Mapping[str, TopicText]
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A chapter of the conversation, in the order in which it is held."""

    code: str
    topics: tuple[Topic, ...]
    wordings: Mapping[str, PartText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """The whole conversation, and the phrases that every topic shares."""

    version: str
    parts: tuple[Part, ...]
    topics: tuple[Topic, ...]
    by_code: Mapping[str, Topic]
    phrases: Mapping[str, Mapping[str, str]]

    def topic(self, code: str) -> Topic:
        """The topic with this code; KeyError with the code when the guide has no such topic."""
        return self.by_code[code]

    def part(self, code: str) -> Part:
        """The part with this code; KeyError when the guide has no such part."""
        return {part.code: part for part in self.parts}[code]

    def first_round(self, group: str) -> Topic:
        """The light question about a group of areas."""
        return next(topic for topic in self.topics if topic.kind == "ticks" and topic.group == group)


def wording(topic: Topic, language: str = "da", easy: bool = False) -> TopicText:
    """The topic's text in a language, normal or easy. Raises ValueError for a language the guide does not have."""
    return topic.wordings[wording_key(language=language, easy=easy)]


def part_wording(part: Part, language: str = "da", easy: bool = False) -> PartText:
    """The part's heading and introduction. Raises ValueError for a language the guide does not have."""
    return part.wordings[wording_key(language=language, easy=easy)]


def phrases(guide: Guide, language: str = "da", easy: bool = False) -> Mapping[str, str]:
    """Phrases that all topics share, by code (`dont_know`, `wont_say`, `skip`, `asked_again`, ...)."""
    return guide.phrases[wording_key(language=language, easy=easy)]


def wording_key(*, language: str, easy: bool) -> str:
    """The key of a wording in the guide files; regional tags such as `da-DK` count as their language."""
    key = WORDING_KEYS.get((language.lower().replace("_", "-").split("-")[0], easy))
    if key is None:
        known = ", ".join(sorted({language for language, _easy in WORDING_KEYS}))
        raise ValueError(f"The conversation guide has no wording in {language!r}. Use one of: {known}.")
    return key
