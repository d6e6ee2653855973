"""Reads the guide files into a Guide and checks that the conversation is whole."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

from jobbro.engines.needs.topics import (
    ALONE_IN_ROUND,
    KINDS,
    LEVELS,
    ROUND_CHOICES,
    WORDING_KEYS,
    Guide,
    Kind,
    NumberField,
    Part,
    PartText,
    Topic,
    TopicText,
)
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.strict_yaml import ContentError
from jobbro.kernel.vocabulary import AREAS, GROUP_OF, GROUPS

GUIDE_FOLDER = Path(__file__).parent / "guide"
PHRASES_FILE = "phrases.yaml"
PHRASES = (
    "dont_know",
    "wont_say",
    "skip",
    "asked_again",
    "still_right",
    "level_lead",
    "all_said",
)
KEYS = tuple(WORDING_KEYS.values())
_WITH_CHOICES = ("choice", "choices", "ticks")


@lru_cache(maxsize=1)
def load_guide() -> Guide:
    """The guide that ships with this engine, read once. Raises ContentError when a file is wrong."""
    return read_guide(GUIDE_FOLDER)


def guide_version() -> str:
    """SHA-256 over the guide files: keep it with each answer, so that the sentence chosen can be found again."""
    return load_guide().version


def read_guide(folder: Path) -> Guide:
    """The guide in a folder: parts in the order of their file names, and `phrases.yaml`. Raises ContentError."""
    files = sorted(folder.glob("*.yaml"))
    phrases = _phrases(read_fields(folder / PHRASES_FILE))
    parts = tuple(_part(read_fields(file)) for file in files if file.name != PHRASES_FILE)
    topics = tuple(topic for part in parts for topic in part.topics)
    _check_whole(folder=folder, topics=topics)
    return Guide(
        version=_version(files),
        parts=parts,
        topics=topics,
        by_code=MappingProxyType({topic.code: topic for topic in topics}),
        phrases=phrases,
    )


def _version(files: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _part(place: Place) -> Part:
    fields = place.fields(required=("part", *KEYS, "topics"))
    code = fields["part"].text()
    topics = tuple(_topic(item, part=code) for item in fields["topics"].items())
    wordings = {key: _part_text(fields[key]) for key in KEYS}
    return Part(code=code, topics=topics, wordings=MappingProxyType(wordings))


def _part_text(place: Place) -> PartText:
    fields = place.fields(required=("title", "intro"))
    return PartText(title=fields["title"].text(), intro=fields["intro"].text())


def _topic(place: Place, *, part: str) -> Topic:
    optional = ("group", "choices", "alone", "most_choices", "numbers")
    fields = place.fields(required=("code", "kind", *KEYS), optional=optional)
    kind = cast(Kind, fields["kind"].one_of(KINDS))
    area = fields["code"].one_of(AREAS) if kind == "level" else None
    group = _group(fields, kind=kind, area=area)
    choices = _choices(fields, kind=kind, group=group)
    numbers = _numbers(fields, kind=kind)
    names = tuple(number.code for number in numbers)
    wordings = {key: _text(fields[key], kind=kind, choices=choices, numbers=names) for key in KEYS}
    return Topic(
        code=fields["code"].text(),
        part=part,
        kind=kind,
        area=area,
        group=group,
        choices=choices,
        alone=_alone(fields, kind=kind, choices=choices),
        most_choices=fields["most_choices"].whole() if "most_choices" in fields else None,
        numbers=numbers,
        wordings=MappingProxyType(wordings),
    )


def _group(fields: Mapping[str, Place], *, kind: Kind, area: str | None) -> str | None:
    if (kind == "ticks") != ("group" in fields):
        fields["kind"].refuse("a group belongs to the kind ticks, and ticks needs it")
    if "group" in fields:
        return fields["group"].one_of(tuple(GROUPS))
    return GROUP_OF[area] if area else None


def _numbers(fields: Mapping[str, Place], *, kind: Kind) -> tuple[NumberField, ...]:
    if (kind == "number") != ("numbers" in fields):
        fields["kind"].refuse("numbers belong to the kind number, and it needs them")
    return tuple(_number(item) for item in fields["numbers"].items()) if "numbers" in fields else ()


def _choices(fields: Mapping[str, Place], *, kind: Kind, group: str | None) -> tuple[str, ...]:
    if kind == "ticks" and group is not None:
        return (*GROUPS[group], *ROUND_CHOICES)
    if (kind in _WITH_CHOICES) != ("choices" in fields):
        fields["kind"].refuse("choices belong to the kinds choice and choices, and these need them")
    if "choices" not in fields:
        return ()
    codes: list[str] = []
    for item in fields["choices"].items():
        if item.text() in codes:
            item.refuse("this choice stands twice")
        codes.append(item.text())
    return tuple(codes)


def _alone(fields: Mapping[str, Place], *, kind: Kind, choices: Sequence[str]) -> tuple[str, ...]:
    if kind == "ticks":
        return ALONE_IN_ROUND
    return tuple(item.one_of(choices) for item in fields["alone"].items()) if "alone" in fields else ()


def _number(place: Place) -> NumberField:
    fields = place.fields(required=("code", "low", "high"))
    number = NumberField(code=fields["code"].text(), low=fields["low"].whole(), high=fields["high"].whole())
    if number.low > number.high:
        fields["high"].refuse("high is lower than low")
    return number


def _text(place: Place, *, kind: Kind, choices: Sequence[str], numbers: Sequence[str]) -> TopicText:
    required = ["title", "question"]
    required += ["levels", "follow_up"] if kind == "level" else []
    required += ["choices"] if choices else []
    required += ["numbers"] if numbers else []
    fields = place.fields(required=required, optional=("hint",))
    return TopicText(
        title=fields["title"].text(),
        question=fields["question"].text(),
        hint=fields["hint"].text() if "hint" in fields else "",
        levels=_levels(fields["levels"]) if "levels" in fields else MappingProxyType({}),
        choices=_labels(fields["choices"], codes=choices) if "choices" in fields else MappingProxyType({}),
        numbers=_labels(fields["numbers"], codes=numbers) if "numbers" in fields else MappingProxyType({}),
        follow_up=fields["follow_up"].text() if "follow_up" in fields else "",
    )


def _levels(place: Place) -> Mapping[int, str]:
    found = place.fields(required=tuple(str(level) for level in LEVELS))
    return MappingProxyType({level: found[str(level)].text() for level in LEVELS})


def _labels(place: Place, *, codes: Sequence[str]) -> Mapping[str, str]:
    found = place.fields(required=codes)
    return MappingProxyType({code: found[code].text() for code in codes})


def _phrases(place: Place) -> Mapping[str, Mapping[str, str]]:
    wordings = place.fields(required=KEYS)
    return MappingProxyType({key: _labels(wordings[key], codes=PHRASES) for key in KEYS})


def _check_whole(*, folder: Path, topics: Sequence[Topic]) -> None:
    codes = [topic.code for topic in topics]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    rounds = [topic.group for topic in topics if topic.kind == "ticks"]
    problems = {
        f"the topic {', '.join(twice)} stands twice": bool(twice),
        "each of the 24 areas needs one topic, in the order of the vocabulary": tuple(
            topic.area for topic in topics if topic.area
        )
        != tuple(AREAS),
        "each group of areas needs one first-round topic": rounds != list(GROUPS),
    }
    for problem, is_so in problems.items():
        if is_so:
            raise ContentError(file=folder.name, line=1, field="topics", reason=problem)
