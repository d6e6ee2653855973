"""What a citizen says in the dialogue: a persona with variations, in the order in which the guide asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from jobbro.engines import needs

from .content import SLOTS, AreaTalk, Persona, groups_of_areas, names

_SILENCE = (("dont_know", 0.025), ("wont_say", 0.02))


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer, before anybody knows who wrote it down and when."""

    topic: str
    status: str = "told"
    words: str = ""
    level: int | None = None
    choices: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    slots: tuple[str, ...] = ()
    helps: str = ""
    said_by: str = "citizen"


def whole_dialogue(persona: Persona, *, rng: Random) -> tuple[Said, ...]:
    """Everything from the first question to the last; topics skipped at first come again at the end."""
    areas = _areas(persona, rng=rng)
    said: list[Said] = []
    later: list[Said] = []
    for topic in _asked(areas):
        answer = _silent(topic, rng=rng) or _told(topic, persona=persona, areas=areas, rng=rng)
        # The first round leads the way: whoever skipped it would be asked about nothing.
        if topic.kind != "ticks" and rng.random() < 0.015:
            said.append(Said(topic=topic.code, status="skipped"))
            later.append(answer)
        else:
            said.append(answer)
    return (*said, *later)


def staff_views(persona: Persona, said: Sequence[Said]) -> tuple[Said, ...]:
    """Where the caseworker sees an area differently and says so."""
    levels = {answer.topic: answer.level for answer in said if answer.status == "told"}
    return tuple(
        Said(topic=area.area, level=area.staff.level, words=area.staff.words, said_by="caseworker")
        for area in persona.areas
        if area.staff is not None and levels.get(area.area) not in (None, area.staff.level)
    )


def _areas(persona: Persona, *, rng: Random) -> Mapping[str, AreaTalk]:
    return {area.area: area for area in persona.areas if rng.random() < area.often}


def _asked(areas: Mapping[str, AreaTalk]) -> list[needs.Topic]:
    """The topics on this way, in the order of the guide; a test holds it against `next_topic`."""
    return [topic for topic in needs.load_guide().topics if topic.area is None or topic.code in areas]


def _silent(topic: needs.Topic, *, rng: Random) -> Said | None:
    """Now and then somebody does not know, or does not want to say; never in the first round, which leads the way."""
    if topic.kind == "ticks" or topic.code in ("occupations", "hopes"):
        return None
    draw = rng.random()
    for status, share in _SILENCE:
        if draw < share:
            return Said(topic=topic.code, status=status)
        draw -= share
    return None


def _told(topic: needs.Topic, *, persona: Persona, areas: Mapping[str, AreaTalk], rng: Random) -> Said:
    if topic.area is not None:
        return _about_area(areas[topic.code], rng=rng)
    if topic.kind == "ticks":
        return Said(topic=topic.code, choices=_ticks(topic, persona=persona, areas=areas))
    if topic.kind == "text":
        return Said(topic=topic.code, words=_filled(rng.choice(persona.talk[topic.code]), rng=rng))
    if topic.kind == "slots":
        return Said(topic=topic.code, slots=SLOTS[rng.choice(persona.slots)])
    if topic.kind == "number":
        return Said(topic=topic.code, numbers=_numbers(topic, persona=persona, rng=rng))
    if topic.kind == "occupations":
        return Said(topic=topic.code, choices=rng.choice(persona.occupations))
    return _chosen(topic, persona=persona, rng=rng)


def _about_area(talk: AreaTalk, *, rng: Random) -> Said:
    level = talk.levels[0] if rng.random() < 0.65 else rng.choice(talk.levels)
    helps = rng.choice(talk.helps) if rng.random() < 0.9 else ""
    return Said(topic=talk.area, level=level, words=_filled(rng.choice(talk.words), rng=rng), helps=helps)


def _ticks(topic: needs.Topic, *, persona: Persona, areas: Mapping[str, AreaTalk]) -> tuple[str, ...]:
    """Ticked areas in the order shown, and the sentence about the others."""
    ticked = tuple(code for code in topic.choices if code in areas)
    rest = persona.rounds[str(topic.group)]
    if not ticked:
        return (needs.ALL_FINE if rest == needs.REST_FINE else rest,)
    return (*ticked, needs.REST_FINE) if rest in (needs.REST_FINE, needs.ALL_FINE) else ticked


def _numbers(topic: needs.Topic, *, persona: Persona, rng: Random) -> tuple[int, ...]:
    if topic.code == "hours":
        return rng.choice(persona.least), rng.choice(persona.most)
    return (rng.choice(persona.km),)


def _chosen(topic: needs.Topic, *, persona: Persona, rng: Random) -> Said:
    ways = persona.choices[topic.code]
    if topic.kind == "choice":
        chosen: tuple[str, ...] = (rng.choice(ways),)
    elif topic.code == "licences":
        chosen = ways
    else:
        # Most of what the persona would choose, in the order in which it is shown.
        count = min(len(ways), max(2, len(ways) - rng.randrange(2)))
        picked = rng.sample(ways, count)
        chosen = tuple(code for code in topic.choices if code in picked)
    return Said(topic=topic.code, choices=chosen, words=rng.choice(persona.choice_words[topic.code]))


def _filled(text: str, *, rng: Random) -> str:
    if "{" not in text:
        return text
    return text.format(years=rng.choice(_years()), colleague=rng.choice(names().colleagues))


@cache
def _years() -> tuple[str, ...]:
    return ("to", "tre", "fire", "seks", "otte", "ti", "tolv")


def group_of(area: str) -> str:
    """The group in the first round that an area belongs to."""
    return groups_of_areas()[area]
