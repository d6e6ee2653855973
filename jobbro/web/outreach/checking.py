"""The self-check's own thinking: which questions, what was ticked so far, and what could help. Nothing is stored."""

from dataclasses import dataclass
from functools import cache

from django.http import QueryDict

from jobbro.engines.needs.loading import load_guide
from jobbro.engines.needs.topics import wording
from jobbro.engines.support.catalogue import CatalogueMeasure, catalogue
from jobbro.kernel.vocabulary import AREAS, GROUPS
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.schemes.values import language

# Of the measures that take off most, so many for each area.
MOST_MEASURES = 3
# Who pays when no scheme of the law book does.
BESIDE_THE_LAW = ("employer", "none")


@dataclass(frozen=True, kw_only=True)
class Question:
    """The light question about one group of areas, as the dialogue asks it."""

    group: str
    number: int
    title: str
    question: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Told:
    """What was ticked so far, and which groups were seen; it travels in the form and nowhere else."""

    areas: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        return (*(("area", area) for area in self.areas), *(("seen", group) for group in self.seen))

    @property
    def following(self) -> str | None:
        """The first group nobody has asked about."""
        return next((group for group in GROUPS if group not in self.seen), None)

    def with_group(self, group: str, *, ticked: tuple[str, ...]) -> "Told":
        """The group answered; what was ticked in it before gives way."""
        kept = [area for area in self.areas if area not in GROUPS[group]]
        areas = {*kept, *(area for area in ticked if area in GROUPS[group])}
        return Told(
            areas=tuple(area for area in AREAS if area in areas),
            seen=tuple(one for one in GROUPS if one in (*self.seen, group)),
        )

    def before(self, group: str) -> str | None:
        """The question before this one."""
        order = list(GROUPS)
        at = order.index(group)
        return order[at - 1] if at else None


@dataclass(frozen=True, kw_only=True)
class Help:
    """What could help with one thing that is hard."""

    area: str
    label: str
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Advice:
    """What could help, and the schemes that can pay for some of it."""

    helps: tuple[Help, ...]
    schemes: tuple[str, ...]


def read_told(data: QueryDict) -> Told:
    """What came along with the form; what is none of ours is left out."""
    areas, seen = data.getlist("area"), data.getlist("seen")
    return Told(
        areas=tuple(area for area in AREAS if area in areas), seen=tuple(group for group in GROUPS if group in seen)
    )


def question_of(group: str, *, is_easy: bool) -> Question:
    """The question in the language of the page."""
    text = wording(load_guide().first_round(group), language(), is_easy)
    return Question(
        group=group,
        number=list(GROUPS).index(group) + 1,
        title=text.title,
        question=text.question,
        choices=tuple((area, text.choices[area]) for area in GROUPS[group]),
    )


def advice_for(areas: tuple[str, ...]) -> Advice:
    """For each area the measures that take off most, and the schemes among their payers; no number of anybody."""
    chosen = {area: _measures(area) for area in areas}
    helps = tuple(
        Help(
            area=area,
            label=str(AREA_LABELS[area]),
            measures=tuple((m.name.in_language(language()), m.text.in_language(language())) for m in found),
        )
        for area, found in chosen.items()
    )
    payers = {entry.measure.scheme for found in chosen.values() for entry in found}
    return Advice(helps=helps, schemes=tuple(sorted(payers - set(BESIDE_THE_LAW))))


@cache
def _measures(area: str) -> tuple[CatalogueMeasure, ...]:
    fit = [entry for entry in catalogue().entries if entry.measure.relief.get(area) and entry.situation is None]
    ordered = sorted(fit, key=lambda entry: (-entry.measure.relief[area], entry.measure.cost, entry.code))
    return tuple(ordered[:MOST_MEASURES])
