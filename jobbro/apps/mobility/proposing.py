"""What is proposed until the last day: steps read from the content file, each with its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from jobbro.engines.support.catalogue import Texts
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.vocabulary import LANGUAGES

from .enums import StepOwner

FILE = Path(__file__).with_name("steps.yaml")
NOTICE, LAST = "notice", "last"
SATURDAY = 5


@dataclass(frozen=True, kw_only=True)
class StepTemplate:
    """A step that is proposed; `day` counts from the notice or from the last day."""

    code: str
    counts_from: str
    day: int
    owner: StepOwner
    title: Texts


@dataclass(frozen=True, kw_only=True)
class ProposedStep:
    """A step with its day."""

    code: str
    owner: StepOwner
    title: Mapping[str, str]
    due_on: date


@cache
def step_templates() -> tuple[StepTemplate, ...]:
    """The steps that are shipped, read once."""
    return read_steps(FILE)


def read_steps(path: Path) -> tuple[StepTemplate, ...]:
    """Raises `ContentError` with file, line and field for anything missing, unknown, empty or given twice."""
    found: dict[str, StepTemplate] = {}
    for place in read_fields(path).fields(required=("steps",))["steps"].items():
        step = _step(place)
        if step.code in found:
            place.refuse(f"the code {step.code!r} is given twice")
        found[step.code] = step
    return tuple(found.values())


def proposed_steps(*, given_on: date, last_on: date, on: date) -> tuple[ProposedStep, ...]:
    """In the order of days; none before today, and none after the day after the last day."""
    latest = max(on, last_on + timedelta(days=1))
    found = (
        ProposedStep(
            code=one.code,
            owner=one.owner,
            title={"da": one.title.da, "en": one.title.en},
            due_on=min(latest, max(on, _day(one, given_on=given_on, last_on=last_on))),
        )
        for one in step_templates()
    )
    return tuple(sorted(found, key=lambda step: step.due_on))


def _day(step: StepTemplate, *, given_on: date, last_on: date) -> date:
    """A weekday: the Friday before for what comes before the last day, the Monday after for what follows a notice."""
    day = (given_on if step.counts_from == NOTICE else last_on) + timedelta(days=step.day)
    over = day.weekday() - SATURDAY
    if over < 0 or (step.counts_from == LAST and step.day >= 0):
        return day
    return day - timedelta(days=over + 1) if step.counts_from == LAST else day + timedelta(days=2 - over)


def _step(place: Place) -> StepTemplate:
    fields = place.fields(required=("code", "from", "day", "owner", "title"))
    title = fields["title"].fields(required=LANGUAGES)
    return StepTemplate(
        code=fields["code"].text(),
        counts_from=fields["from"].one_of((NOTICE, LAST)),
        day=fields["day"].whole(),
        owner=StepOwner(fields["owner"].one_of(StepOwner.values)),
        title=Texts(da=title["da"].text(), en=title["en"].text()),
    )
