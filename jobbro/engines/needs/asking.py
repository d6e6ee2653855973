"""Which topic comes next: what is answered is never asked again, and the conversation always ends.

How the light first round decides which areas are talked about, and what that means for their level:

* A ticked area ("det vil jeg gerne tale mere om") is opened: it gets a topic of its own. A tick made in this dialogue
  opens the area again even when it is known from before - the person asked for it.
* "Det hele går uden besvær" is an explicit statement about every area of the group, "Resten går uden besvær" about
  every area that is not ticked. Those areas get level 4 with this sentence as source. They are not asked, but can be
  reopened. "Resten" without a tick is sent back rather than read as "det hele".
* "Det vil jeg ikke tale om nu", "ved ikke", "vil ikke svare" or silence say nothing about an area: its level stays
  None (contracts, section 1: not asked is never 4).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from jobbro.engines.needs.answers import Answer
from jobbro.engines.needs.topics import ROUND_CHOICES, Guide, Topic

State = Literal["answered", "known", "next", "coming", "left"]
MOST_SKIPS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One topic on the way.

    `answered` in this dialogue; `known` from an earlier one (show it and let it be confirmed, do not ask it from
    scratch); `next`; `coming`; `left`: skipped twice, and so not asked again. `again` marks a skipped topic that comes
    back once.
    """

    topic: str
    state: State
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What the path needs to know of the answers given."""

    here: frozenset[str]
    before: frozenset[str]
    skips: dict[str, int]
    opened: frozenset[str]


def path(
    guide: Guide, answers: Sequence[Answer], *, known: Sequence[Answer] = (), reopen: Collection[str] = ()
) -> tuple[Step, ...]:
    """All topics that are or will be asked, given the answers so far: guide order, skipped ones once more at the end.

    `answers` are those of this dialogue, `known` those of earlier ones, each in the order given. `reopen` names topics
    that are asked again although they are known, or although the first round did not open them. Whoever of the two
    answered, a topic is answered; pass the citizen's answers alone to see the way that is left for the citizen.
    """
    said = _said(guide, answers, known=known, reopen=reopen)
    steps: list[Step] = []
    again: list[Step] = []
    for topic in guide.topics:
        step = _step(topic, said=said)
        if step is not None:
            (again if step.again else steps).append(step)
    return _with_next(steps + again)


def next_topic(
    guide: Guide, answers: Sequence[Answer], *, known: Sequence[Answer] = (), reopen: Collection[str] = ()
) -> str | None:
    """Code of the topic to talk about now, or None when everything is said. Arguments as for `path`."""
    steps = path(guide, answers, known=known, reopen=reopen)
    return next((step.topic for step in steps if step.state == "next"), None)


def progress(
    guide: Guide, answers: Sequence[Answer], *, known: Sequence[Answer] = (), reopen: Collection[str] = ()
) -> tuple[int, int]:
    """(settled, total) of the topics on the path: the difference is exactly the number of topics still to come.

    A topic skipped twice is settled. The total can still grow while `may_grow` is true.
    """
    steps = path(guide, answers, known=known, reopen=reopen)
    return sum(step.state in ("answered", "known", "left") for step in steps), len(steps)


def may_grow(
    guide: Guide, answers: Sequence[Answer], *, known: Sequence[Answer] = (), reopen: Collection[str] = ()
) -> bool:
    """True while a first-round question is still to come, so that areas may yet be opened."""
    steps = path(guide, answers, known=known, reopen=reopen)
    return any(step.state in ("next", "coming") and guide.topic(step.topic).kind == "ticks" for step in steps)


def latest_rounds(guide: Guide, answers: Iterable[Answer]) -> tuple[tuple[Topic, Answer], ...]:
    """Each speaker's newest first-round answer to each group, with its topic; skipped ones say nothing."""
    newest: dict[tuple[str, str], Answer] = {}
    for answer in sorted(answers, key=lambda answer: answer.answered_on):
        topic = guide.by_code.get(answer.topic)
        if topic is not None and topic.kind == "ticks" and answer.status != "skipped":
            newest[answer.topic, answer.said_by] = answer
    return tuple((guide.topic(answer.topic), answer) for answer in newest.values())


def ticked_areas(guide: Guide, answers: Iterable[Answer]) -> frozenset[str]:
    """Areas that the citizen or the caseworker ticked in the first round."""
    ticked = {code for _topic, answer in latest_rounds(guide, answers) for code in answer.choices}
    return frozenset(ticked - set(ROUND_CHOICES))


def _said(guide: Guide, answers: Sequence[Answer], *, known: Sequence[Answer], reopen: Collection[str]) -> _Said:
    here = _settled(answers)
    ticked_here = ticked_areas(guide, answers)
    before = _settled(known) - here - ticked_here - set(reopen)
    skips: dict[str, int] = {}
    for answer in answers:
        if answer.status == "skipped":
            skips[answer.topic] = skips.get(answer.topic, 0) + 1
    opened = ticked_areas(guide, [*known, *answers]) | set(reopen)
    return _Said(here=here, before=before, skips=skips, opened=opened)


def _settled(answers: Iterable[Answer]) -> frozenset[str]:
    """Topics with an answer; "ved ikke" and "vil ikke svare" are answers, skipping is not."""
    return frozenset(answer.topic for answer in answers if answer.status != "skipped")


def _step(topic: Topic, *, said: _Said) -> Step | None:
    if topic.code in said.here:
        return Step(topic=topic.code, state="answered")
    if topic.code in said.before:
        return Step(topic=topic.code, state="known")
    if not _is_asked(topic, said=said):
        return None
    skips = said.skips.get(topic.code, 0)
    return Step(topic=topic.code, state="left" if skips >= MOST_SKIPS else "coming", again=skips == 1)


def _is_asked(topic: Topic, *, said: _Said) -> bool:
    """Everything is asked but areas that nobody opened."""
    return topic.area is None or topic.code in said.opened or topic.code in said.skips


def _with_next(steps: Sequence[Step]) -> tuple[Step, ...]:
    first = next((at for at, step in enumerate(steps) if step.state == "coming"), None)
    return tuple(
        Step(topic=step.topic, state="next", again=step.again) if at == first else step for at, step in enumerate(steps)
    )
