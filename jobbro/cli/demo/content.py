"""The demo's content files as frozen values: personas, names, texts and the three municipalities."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jobbro.engines import needs
from jobbro.kernel.strict_yaml import read_yaml

HERE = Path(__file__).parent
CONTENT = HERE / "content"
# A reduced copy of the public list of Danish municipalities (Danmarks Adresseregister, dawa.aws.dk/kommuner).
MUNICIPALITIES = HERE / "municipalities.csv"

DAYS = ("mon", "tue", "wed", "thu", "fri")
SLOTS: Mapping[str, tuple[str, ...]] = {
    "mornings": tuple(f"{day}_am" for day in DAYS),
    "afternoons": tuple(f"{day}_pm" for day in DAYS),
    "weekdays": tuple(f"{day}_{half}" for day in DAYS for half in ("am", "pm")),
    "no_wednesday": tuple(f"{day}_am" for day in DAYS if day != "wed"),
    "three_days": ("mon_am", "mon_pm", "wed_am", "wed_pm", "fri_am", "fri_pm"),
    "with_evenings": (*(f"{day}_pm" for day in DAYS), "sat_am", "sat_pm"),
    "with_weekend": (*(f"{day}_am" for day in DAYS), "sat_am", "sun_am"),
}


@dataclass(frozen=True, kw_only=True)
class StaffView:
    """How the caseworker sees an area differently."""

    level: int
    words: str


@dataclass(frozen=True, kw_only=True)
class AreaTalk:
    """What a persona says about one area; each list holds other ways to say it, the first level is the usual one."""

    area: str
    levels: tuple[int, ...]
    words: tuple[str, ...]
    helps: tuple[str, ...]
    often: float
    staff: StaffView | None


@dataclass(frozen=True, kw_only=True)
class StepTalk:
    """A step of the plan in the words people use."""

    title: str
    who: str
    name: str
    went: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class GoalTalk:
    """A goal in the citizen's words, with steps of its own."""

    words: tuple[str, ...]
    steps: tuple[StepTalk, ...]


@dataclass(frozen=True, kw_only=True)
class Persona:
    """A way to be on the road to work; many citizens are variations of one."""

    code: str
    born: tuple[int, int]
    talk: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[str, ...]]
    choice_words: Mapping[str, tuple[str, ...]]
    least: tuple[int, ...]
    most: tuple[int, ...]
    km: tuple[int, ...]
    slots: tuple[str, ...]
    occupations: tuple[tuple[str, ...], ...]
    support: tuple[str, ...]
    rounds: Mapping[str, str]
    areas: tuple[AreaTalk, ...]
    goals: tuple[GoalTalk, ...]
    channels: tuple[str, ...]
    interpreter: str
    is_easy: bool
    language: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Names:
    """Names to draw from."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    family: tuple[str, ...]
    streets: tuple[str, ...]
    colleagues: tuple[str, ...]


@cache
def personas() -> tuple[Persona, ...]:
    """All personas in the order of their files."""
    return tuple(_persona(read_yaml(path).value) for path in sorted((CONTENT / "personas").glob("*.yaml")))


@cache
def persona(code: str) -> Persona:
    """The persona with this code."""
    return next(one for one in personas() if one.code == code)


@cache
def names() -> Names:
    """The lists of names."""
    found = read_yaml(CONTENT / "names.yaml").value
    return Names(**{name: tuple(found[name]) for name in ("women", "men", "family", "streets", "colleagues")})


@cache
def texts() -> Mapping[str, Any]:
    """Words around a course that belong to no persona."""
    found: Mapping[str, Any] = read_yaml(CONTENT / "texts.yaml").value
    return found


@cache
def organisation() -> Mapping[str, Any]:
    """Municipalities, units, staff and the citizens with a login."""
    found: Mapping[str, Any] = read_yaml(CONTENT / "organisation.yaml").value
    return found


@cache
def danish_municipalities() -> tuple[tuple[str, str, str], ...]:
    """Code, name and region of the 98 municipalities, in code order."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as source:
        return tuple((row["code"], row["name"], row["region"]) for row in csv.DictReader(source))


def _persona(found: Mapping[str, Any]) -> Persona:
    return Persona(
        code=found["code"],
        born=(found["born"][0], found["born"][1]),
        talk={topic: tuple(ways) for topic, ways in found["talk"].items()},
        choices={
            "work_should_give": tuple(found["gives"]["choices"]),
            "best_time": tuple(found["best_time"]["choices"]),
            "travel_means": tuple(found["travel"]["means"]),
            "licences": tuple(found["licences"]["choices"]),
        },
        choice_words={
            "work_should_give": tuple(found["gives"]["words"]),
            "best_time": tuple(found["best_time"]["words"]),
            "travel_means": tuple(found["travel"]["words"]),
            "licences": tuple(found["licences"].get("words", [""])),
        },
        least=tuple(found["hours"]["least"]),
        most=tuple(found["hours"]["most"]),
        km=tuple(found["travel"]["km"]),
        slots=tuple(found["slots"]),
        occupations=tuple(tuple(codes) for codes in found["occupations"]),
        support=tuple(found["support"]),
        rounds=found["rounds"],
        areas=tuple(_area(area) for area in found["areas"]),
        goals=tuple(_goal(goal) for goal in found["goals"]),
        channels=tuple(found.get("channels", ("phone", "sms", "email", "digital_post"))),
        interpreter=found.get("interpreter", ""),
        is_easy=found.get("easy", False),
        language=found.get("language", "da"),
        weight=found.get("weight", 3),
    )


def _area(found: Mapping[str, Any]) -> AreaTalk:
    staff = found.get("staff")
    return AreaTalk(
        area=found["area"],
        levels=tuple(found["levels"]),
        words=tuple(found["words"]),
        helps=tuple(found["helps"]),
        often=found.get("often", 1.0),
        staff=StaffView(**staff) if staff else None,
    )


def _goal(found: Mapping[str, Any]) -> GoalTalk:
    return GoalTalk(words=tuple(found["words"]), steps=tuple(_step(step) for step in found["steps"]))


def _step(found: Mapping[str, Any]) -> StepTalk:
    return StepTalk(
        title=found["title"], who=found["who"], name=found.get("name", ""), went=tuple(found.get("went", ()))
    )


def groups_of_areas() -> Mapping[str, str]:
    """Area -> its group in the first round."""
    guide = needs.load_guide()
    return {
        code: str(topic.group)
        for topic in guide.topics
        if topic.kind == "ticks"
        for code in topic.choices
        if code not in needs.ROUND_CHOICES
    }
