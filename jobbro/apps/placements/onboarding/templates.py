"""Templates of tasks and the advice at each step, read strictly from the content file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jobbro.engines.support.catalogue import GROUPS, Texts
from jobbro.kernel.content import Place, read_fields
from jobbro.kernel.vocabulary import LANGUAGES

from ..enums import OnboardingStep, TaskOwner

FILE = Path(__file__).with_name("steps.yaml")
# What a text may name.
NAMES = ("name", "measure")


@dataclass(frozen=True, kw_only=True)
class TaskTemplate:
    """A task that is proposed; `groups` is empty when it is for everybody, `day` counts from the first day."""

    code: str
    step: OnboardingStep
    day: int
    owner: TaskOwner
    groups: tuple[str, ...]
    is_arranging: bool
    title: Texts
    advice: Texts


@dataclass(frozen=True, kw_only=True)
class Templates:
    """All of them, with what a manager is told at each step."""

    tasks: tuple[TaskTemplate, ...]
    manager: Mapping[OnboardingStep, tuple[Texts, ...]]

    def advice(self, code: str) -> Texts | None:
        """What helps with the task; None for one that somebody wrote."""
        return next((task.advice for task in self.tasks if task.code == code), None)


@cache
def templates() -> Templates:
    """The templates that are shipped, read once."""
    return read_templates(FILE)


def read_templates(path: Path) -> Templates:
    """Raises `ContentError` with file, line and field for anything missing, unknown, empty or given twice."""
    whole = read_fields(path).fields(required=("steps", "tasks"))
    tasks: dict[str, TaskTemplate] = {}
    for place in whole["tasks"].items():
        task = _task(place)
        if task.code in tasks:
            place.refuse(f"the code {task.code!r} is given twice")
        tasks[task.code] = task
    manager: dict[OnboardingStep, tuple[Texts, ...]] = {}
    for place in whole["steps"].items():
        fields = place.fields(required=("code", "manager"))
        step = OnboardingStep(fields["code"].one_of(OnboardingStep.values))
        manager[step] = tuple(_texts(line) for line in fields["manager"].items())
    if set(manager) != set(OnboardingStep):
        whole["steps"].refuse(f"every step is needed: {', '.join(OnboardingStep.values)}")
    return Templates(tasks=tuple(tasks.values()), manager=manager)


def _task(place: Place) -> TaskTemplate:
    fields = place.fields(required=("code", "step", "day", "owner", "title", "advice"), optional=("for", "arranges"))
    groups = tuple(one.one_of(GROUPS) for one in fields["for"].items()) if "for" in fields else ()
    title = _texts(fields["title"])
    if ("{measure}" in title.da) and not groups:
        fields["title"].refuse("a task for everybody names no measure")
    return TaskTemplate(
        code=fields["code"].text(),
        step=OnboardingStep(fields["step"].one_of(OnboardingStep.values)),
        day=fields["day"].whole(),
        owner=TaskOwner(fields["owner"].one_of(TaskOwner.values)),
        groups=groups,
        is_arranging="arranges" in fields and fields["arranges"].boolean(),
        title=title,
        advice=_texts(fields["advice"]),
    )


def _texts(place: Place) -> Texts:
    fields = place.fields(required=LANGUAGES)
    found = {language: fields[language].text() for language in LANGUAGES}
    for language, text in found.items():
        try:
            text.format(**dict.fromkeys(NAMES, ""))
        except (KeyError, IndexError, ValueError):
            fields[language].refuse(f"only {', '.join(NAMES)} may stand in braces")
    return Texts(da=found["da"], en=found["en"])
