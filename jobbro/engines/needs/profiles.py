"""What is known of a person's needs and wishes: every level with the sentence it came from, unknown kept unknown.

Whose word counts, for an area and for every other topic:

* The newest answer that both have agreed on counts, until the citizen says something newer.
* Otherwise the citizen's newest answer counts - also "ved ikke" and "vil ikke svare", which leave the level None.
* Only when the citizen has said nothing does the caseworker's newest answer count.
* A different view that has not been agreed away stays visible in `other`, also when it is words without a level; it
  never changes the level.

An area's own answer counts before a sentence about its whole group from the same day. Skipping says nothing. There is
no total: areas are never added up.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from jobbro.engines.needs.answers import Answer, Speaker
from jobbro.engines.needs.asking import latest_rounds, ticked_areas
from jobbro.engines.needs.loading import load_guide
from jobbro.engines.needs.topics import ALL_FINE, REST_FINE, ROUND_CHOICES, Guide, Topic, wording
from jobbro.kernel.vocabulary import AREAS

NeedStatus = Literal["told", "dont_know", "wont_say", "skipped", "opened", "not_asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How one of the two sees it: an answer as the profile shows it."""

    level: int | None
    words: str
    helps: str
    choices: tuple[str, ...]
    numbers: tuple[float | None, ...]
    slots: tuple[str, ...]
    said_by: Speaker
    answered_on: date
    source_answer_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One area. `level` 0-4 or None (contracts, section 1); `status` says why it is None.

    `opened`: ticked in the first round, not talked about yet. `source_choice` is `all_fine` or `rest_fine` when the
    level came from that sentence in the first round (`source_topic` is then the first-round topic).
    """

    area: str
    status: NeedStatus = "not_asked"
    level: int | None = None
    words: str = ""
    helps: str = ""
    said_by: Speaker | None = None
    answered_on: date | None = None
    source_answer_id: str | None = None
    source_topic: str | None = None
    source_choice: str | None = None
    agreed: bool = False
    other: View | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was said to a topic that is no area: words, choices, numbers or half-days."""

    topic: str
    status: NeedStatus = "not_asked"
    words: str = ""
    choices: tuple[str, ...] = ()
    numbers: tuple[float | None, ...] = ()
    slots: tuple[str, ...] = ()
    said_by: Speaker | None = None
    answered_on: date | None = None
    source_answer_id: str | None = None
    agreed: bool = False
    other: View | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week the person wishes to work; None where it is not known."""

    least: float | None
    most: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """How far from home (km) the person can work, and by what means they get there."""

    most_km: float | None
    means: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """All 24 areas in the order of the vocabulary, and what was told to the other topics in guide order."""

    needs: tuple[Need, ...]
    told: tuple[Told, ...]

    @property
    def capacity(self) -> dict[str, int | None]:
        """Area -> level or None, for all 24 areas."""
        return {need.area: need.level for need in self.needs}

    @property
    def wishes(self) -> tuple[str, ...]:
        """Codes of the wished occupations, in the order chosen."""
        return self.about("occupations").choices

    @property
    def hours(self) -> Hours:
        """Hours a week, least and most."""
        least, most = (*self.about("hours").numbers, None, None)[:2]
        return Hours(least=least, most=most)

    @property
    def slots(self) -> tuple[str, ...] | None:
        """Half-days the person can work in the order of the week, or None when not known."""
        return self.about("slots").slots or None

    @property
    def travel(self) -> Travel:
        """How far and by what means."""
        return Travel(most_km=(*self.about("travel_far").numbers, None)[0], means=self.about("travel_means").choices)

    @property
    def skills(self) -> tuple[str, ...]:
        """Codes of licences and certificates."""
        return tuple(code for code in self.about("licences").choices if code != "no_licence")

    @property
    def hopes(self) -> str:
        """What the person hopes for, in their own words."""
        return self.about("hopes").words

    def need(self, area: str) -> Need:
        """The need in one area; KeyError for an unknown area."""
        return {need.area: need for need in self.needs}[area]

    def about(self, topic: str) -> Told:
        """What was told to a topic that is no area; KeyError for an unknown topic."""
        return {told.topic: told for told in self.told}[topic]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statement:
    """An answer, or what a sentence about the whole group says about one area."""

    answer: Answer
    about_group: str | None = None


def profile(answers: Sequence[Answer], *, agreed: Collection[str] = (), guide: Guide | None = None) -> Profile:
    """The profile from all answers ever given, in the order given; `agreed` holds ids of answers both agreed on.

    For answers with distinct dates the order of the sequence makes no difference. `guide` is the one that ships when
    left out; answers to topics that it does not have are left aside.
    """
    guide = guide or load_guide()
    statements = _statements(guide, answers)
    opened = ticked_areas(guide, answers)
    skipped = {answer.topic for answer in answers if answer.status == "skipped"}
    needs = (
        _need(area, statements.get(area, ()), agreed=agreed, unsaid=_unsaid(area, opened=opened, skipped=skipped))
        for area in AREAS
    )
    told = (
        _told(topic, statements.get(topic.code, ()), agreed=agreed, unsaid=_unsaid(topic.code, skipped=skipped))
        for topic in guide.topics
        if topic.area is None
    )
    return Profile(needs=tuple(needs), told=tuple(told))


def source_sentence(guide: Guide, need: Need, *, language: str = "da", easy: bool = False) -> str:
    """The guide's sentence that the level came from, empty when there is no level."""
    if need.level is None or need.source_topic is None:
        return ""
    text = wording(guide.topic(need.source_topic), language=language, easy=easy)
    return text.choices[need.source_choice] if need.source_choice else text.levels[need.level]


def _unsaid(code: str, *, skipped: Collection[str], opened: Collection[str] = ()) -> NeedStatus:
    if code in skipped:
        return "skipped"
    return "opened" if code in opened else "not_asked"


def _statements(guide: Guide, answers: Sequence[Answer]) -> Mapping[str, Sequence[_Statement]]:
    """Statements about each area or topic, oldest first; of one day those about the whole group first."""
    found: dict[str, list[_Statement]] = {}
    for topic, answer in latest_rounds(guide, answers):
        for area, choice in _fine_areas(topic, answer):
            found.setdefault(area, []).append(_Statement(answer=answer, about_group=choice))
    for answer in answers:
        if answer.status != "skipped":
            found.setdefault(answer.topic, []).append(_Statement(answer=answer))
    return {code: sorted(said, key=lambda statement: statement.answer.answered_on) for code, said in found.items()}


def _fine_areas(topic: Topic, answer: Answer) -> tuple[tuple[str, str], ...]:
    """Areas that the first-round answer calls easy, with the choice that says so."""
    choice = next((code for code in (ALL_FINE, REST_FINE) if code in answer.choices), None)
    areas = [code for code in topic.choices if code not in ROUND_CHOICES and code not in answer.choices]
    return tuple((area, choice) for area in areas) if choice and answer.status == "told" else ()


def _need(area: str, statements: Sequence[_Statement], *, agreed: Collection[str], unsaid: NeedStatus) -> Need:
    counts = _counts(statements, agreed=agreed)
    if counts is None:
        return Need(area=area, status=unsaid)
    view = _view(counts)
    return Need(
        area=area,
        status=counts.answer.status,
        level=view.level,
        words=view.words,
        helps=view.helps,
        said_by=view.said_by,
        answered_on=view.answered_on,
        source_answer_id=view.source_answer_id,
        source_topic=counts.answer.topic,
        source_choice=counts.about_group,
        agreed=counts.answer.id in agreed,
        other=_other(statements, counts=counts, agreed=agreed, is_different=_sees_it_differently),
    )


def _told(topic: Topic, statements: Sequence[_Statement], *, agreed: Collection[str], unsaid: NeedStatus) -> Told:
    counts = _counts(statements, agreed=agreed)
    if counts is None:
        return Told(topic=topic.code, status=unsaid)
    view = _view(counts)
    return Told(
        topic=topic.code,
        status=counts.answer.status,
        words=view.words,
        choices=view.choices,
        numbers=view.numbers,
        slots=view.slots,
        said_by=view.said_by,
        answered_on=view.answered_on,
        source_answer_id=view.source_answer_id,
        agreed=counts.answer.id in agreed,
        other=_other(statements, counts=counts, agreed=agreed, is_different=_differs_in_content),
    )


def _counts(statements: Sequence[_Statement], *, agreed: Collection[str]) -> _Statement | None:
    """The statement that counts, of those about one thing, oldest first."""
    positions = {"citizen": -1, "caseworker": -1, "agreed": -1}
    for at, statement in enumerate(statements):
        positions[statement.answer.said_by] = at
        if statement.answer.id in agreed:
            positions["agreed"] = at
    if not statements:
        return None
    if positions["agreed"] >= 0 and positions["agreed"] >= positions["citizen"]:
        return statements[positions["agreed"]]
    return statements[positions["citizen"]] if positions["citizen"] >= 0 else statements[positions["caseworker"]]


def _other(
    statements: Sequence[_Statement],
    *,
    counts: _Statement,
    agreed: Collection[str],
    is_different: Callable[[View, View], bool],
) -> View | None:
    """The newest differing view: of the other speaker, or newer than what counts; agreement settles older ones."""
    at = statements.index(counts)
    is_agreed = counts.answer.id in agreed
    newest = {statement.answer.said_by: number for number, statement in enumerate(statements)}
    candidates = sorted(number for number in newest.values() if number > at or (number != at and not is_agreed))
    views = [_view(statements[number]) for number in candidates if statements[number].answer.status == "told"]
    different = [view for view in views if is_different(view, _view(counts))]
    return different[-1] if different else None


def _sees_it_differently(view: View, counted: View) -> bool:
    """Another level, or a word on the matter without a level."""
    return bool(view.words.strip()) if view.level is None else view.level != counted.level


def _differs_in_content(view: View, counted: View) -> bool:
    def content(shown: View) -> object:
        return shown.words.strip(), frozenset(shown.choices), shown.numbers, frozenset(shown.slots)

    return content(view) != content(counted)


def _view(statement: _Statement) -> View:
    answer = statement.answer
    view = View(
        level=answer.level if answer.status == "told" else None,
        words=answer.words,
        helps=answer.helps,
        choices=answer.choices,
        numbers=answer.numbers,
        slots=answer.slots,
        said_by=answer.said_by,
        answered_on=answer.answered_on,
        source_answer_id=answer.id,
    )
    return replace(view, level=4, choices=()) if statement.about_group else view
