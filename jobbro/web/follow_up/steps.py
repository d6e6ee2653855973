"""A short talk one question a page: which questions, in which order, and what each page's form says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.follow_up.answers import LONGEST_WORDS, Answers, Asked, AskedMeasure
from jobbro.apps.follow_up.enums import HoursFit, SupportState, TalkParty
from jobbro.webkit.schemes.values import language

from .words import REFUSALS, area_name, level_sentences

OVERALL, SUPPORT, HOURS, WORDS = "overall", "support", "hours", "words"
AREA = "area-"


@dataclass(frozen=True, kw_only=True)
class Question:
    """One page of a talk. `number` of `total`; `previous` and `following` are steps, empty at the ends."""

    step: str
    number: int
    total: int
    previous: str
    following: str

    @property
    def is_last(self) -> bool:
        return not self.following


def steps_of(asked: Asked) -> tuple[str, ...]:
    """The questions of a talk in order: the whole, a few areas, the support, the hours, own words."""
    support = (SUPPORT,) if asked.measures else ()
    return (OVERALL, *(f"{AREA}{area}" for area in asked.areas), *support, HOURS, WORDS)


def question_at(step: str, *, asked: Asked) -> Question:
    """The question of a step; the first for an unknown one."""
    steps = steps_of(asked)
    place = steps.index(step) if step in steps else 0
    return Question(
        step=steps[place],
        number=place + 1,
        total=len(steps),
        previous=steps[place - 1] if place else "",
        following=steps[place + 1] if place + 1 < len(steps) else "",
    )


def next_unanswered(*, asked: Asked, answers: Answers) -> str:
    """Where somebody goes on who comes back: the question after the last one that was answered."""
    steps = steps_of(asked)
    told = [place for place, step in enumerate(steps) if _is_told(step, answers=answers)]
    return steps[min(told[-1] + 1, len(steps) - 1)] if told else steps[0]


def _is_told(step: str, *, answers: Answers) -> bool:
    if step == OVERALL:
        return answers.overall is not None
    if step.startswith(AREA):
        return step.removeprefix(AREA) in answers.areas
    return bool({SUPPORT: answers.measures, HOURS: answers.hours, WORDS: answers.words}[step])


class QuestionForm(forms.Form):
    """The fields of one or more steps. Everything may be skipped."""

    tells_optional = False

    def __init__(
        self, *args: Any, steps: Iterable[str], asked: Asked, answers: Answers, party: TalkParty, **kwargs: Any
    ) -> None:
        kwargs.setdefault("initial", initial_of(answers))
        super().__init__(*args, **kwargs)
        self.asked, self.party = asked, party
        for step in steps:
            self.fields.update(_fields(step, asked=asked, party=party))

    def merged(self, answers: Answers) -> Answers:
        """The answers with what this form says; the rest stands."""
        data = self.cleaned_data
        found = answers
        if OVERALL in data:
            found = replace(found, overall=_level(data[OVERALL]))
        areas = {area: _level(data[f"{AREA}{area}"]) for area in self.asked.areas if f"{AREA}{area}" in data}
        if areas:
            found = replace(found, areas=_with(found.areas, areas))
        measures = {
            one.code: SupportState(data[_field_of(one)]) if data[_field_of(one)] else None
            for one in self.asked.measures
            if _field_of(one) in data
        }
        if measures:
            found = replace(found, measures=_with(found.measures, measures))
        if HOURS in data:
            found = replace(found, hours=HoursFit(data[HOURS]) if data[HOURS] else None)
        if WORDS in data:
            found = replace(found, words=data[WORDS], wants_talk=data["wants_talk"])
        return found


def initial_of(answers: Answers) -> dict[str, Any]:
    """The form as it was answered so far."""
    return {
        OVERALL: answers.overall,
        **{f"{AREA}{area}": level for area, level in answers.areas.items()},
        **{f"measure-{code}": state for code, state in answers.measures.items()},
        HOURS: answers.hours,
        WORDS: answers.words,
        "wants_talk": answers.wants_talk,
    }


def _with(before: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Skipped takes an earlier answer away."""
    return {name: value for name, value in {**before, **said}.items() if value is not None}


def _level(text: str) -> int | None:
    return int(text) if text else None


def _field_of(measure: AskedMeasure) -> str:
    return f"measure-{measure.code}"


def _fields(step: str, *, asked: Asked, party: TalkParty) -> dict[str, forms.Field]:
    is_citizen = party == TalkParty.CITIZEN
    if step == OVERALL:
        label = _("How is it going at work?") if is_citizen else _("How is the work going?")
        return {OVERALL: _choice(label=label, choices=level_sentences(party, OVERALL))}
    if step.startswith(AREA):
        return {step: _area_field(step.removeprefix(AREA), party=party)}
    if step == SUPPORT:
        return {
            _field_of(one): _choice(label=one.name(language()), choices=SupportState.choices) for one in asked.measures
        }
    if step == HOURS:
        label = _("Do the hours a week fit you?") if is_citizen else _("Do the hours a week fit the work?")
        return {HOURS: _choice(label=label, choices=HoursFit.choices)}
    return _word_fields(is_citizen=is_citizen)


def _area_field(area: str, *, party: TalkParty) -> forms.Field:
    if party == TalkParty.CITIZEN:
        label = _("%(area)s: how does it go at work now?") % {"area": area_name(area)}
        hint = _("Think of how it goes with the support you have.")
    else:
        label = _("%(area)s: how do the tasks go that ask for it?") % {"area": area_name(area)}
        hint = _("Tell about the tasks, not about the person.")
    return _choice(label=label, hint=hint, choices=level_sentences(party, area))


def _word_fields(*, is_citizen: bool) -> dict[str, forms.Field]:
    hint = (
        _("Write what you like, or nothing. Those who help you can read it.")
        if is_citizen
        else _("Your colleague and the municipality can read it. Write nothing about health.")
    )
    return {
        WORDS: forms.CharField(
            label=_("Is there something else?"),
            help_text=hint,
            required=False,
            max_length=LONGEST_WORDS,
            widget=forms.Textarea(attrs={"rows": 4}),
            error_messages={"max_length": REFUSALS["too_long"] % {"most": LONGEST_WORDS}},
        ),
        "wants_talk": forms.BooleanField(label=_("I would like to talk with somebody"), required=False),
    }


def _choice(*, label: str, choices: Iterable[Any], hint: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=list(choices),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the sentences.")},
    )
