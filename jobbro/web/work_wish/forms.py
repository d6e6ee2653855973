"""The form of a work wish."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.selectors.holders import occupation_title, occupations_like
from jobbro.apps.jobs.services.work_wishes import WishDraft
from jobbro.engines.occupations.task_library import skills
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.fields import offer, plain_number
from jobbro.webkit.halfdays import (
    ManyField,
    chosen_shortcuts,
    from_shortcuts,
    in_week_order,
    offered_shortcuts,
    slot_choices,
)
from jobbro.webkit.schemes.values import language

NUMBER_PROBLEM = gettext_lazy("Write a number, for example 10.")
LONGEST_WORDS = 400

# Name of the field of one occupation, before its code.
WORK = "work_"
MOST_FOUND, MOST_SHOWN = 6, 40
WISHED = [("", gettext_lazy("No")), ("1", gettext_lazy("Gladly")), ("2", gettext_lazy("Very gladly"))]


def _work_offered(typed: Mapping[str, Any]) -> dict[str, str]:
    """Code and title of the work that is chosen already, and of what sounds like the words."""
    chosen = [name.removeprefix(WORK) for name in typed if name.startswith(WORK) and typed[name]][:MOST_SHOWN]
    titles = {code: occupation_title(code) for code in chosen}
    found = dict(occupations_like(str(typed.get("words") or ""), most=MOST_FOUND))
    return {**{code: title for code, title in titles.items() if title}, **found}


class NumberField(forms.DecimalField):
    """A number as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "is-short"}
        kwargs.setdefault("error_messages", {"invalid": NUMBER_PROBLEM, "required": NUMBER_PROBLEM})
        super().__init__(localize=True, max_digits=7, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


class WishForm(forms.Form):
    """Hours, half-days, how far, and what one can do."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    hours_min = NumberField(label=gettext_lazy("At least how many hours a week?"), decimal_places=1)
    hours_max = NumberField(label=gettext_lazy("At most how many hours a week?"), decimal_places=1)
    shortcuts = ManyField(label=gettext_lazy("When does work fit?"))
    slots = ManyField(label=gettext_lazy("Single half-days"))
    max_hours_per_slot = NumberField(
        label=gettext_lazy("At most how many hours at a time?"),
        help_text=gettext_lazy("In one morning or one afternoon. Half an hour is 0.5."),
    )
    max_km = NumberField(
        label=gettext_lazy("How far away may the work be? (kilometres)"),
        required=False,
        help_text=gettext_lazy("As the crow flies. Leave it empty if it does not matter."),
    )
    travels_from = forms.CharField(
        label=gettext_lazy("Which postcode does the way to work begin at?"),
        required=False,
        max_length=4,
        help_text=gettext_lazy("Leave it empty when it begins at home."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "is-short"}),
    )
    words = forms.CharField(
        label=gettext_lazy("Find a kind of work"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    skills = ManyField(label=gettext_lazy("Certificates and training"))
    own_skills = forms.CharField(
        label=gettext_lazy("Something else that is needed in a job, and that can be done"),
        required=False,
        max_length=LONGEST_WORDS,
        help_text=gettext_lazy(
            "For example a language or a machine. Put a comma between them. Never write about illness."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tells_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["shortcuts"], offered_shortcuts(SLOTS))
        offer(self.fields["slots"], slot_choices(SLOTS))
        offer(self.fields["skills"], [(one.code, one.name.in_language(language())) for one in skills()])
        typed = self.data if self.is_bound else self.initial
        self.codes = _work_offered(typed)
        for code, title in self.codes.items():
            self.fields[WORK + code] = forms.ChoiceField(label=title, required=False, choices=WISHED)

    def clean_max_km(self) -> int | None:
        number = self.cleaned_data["max_km"]
        return None if number is None else int(number.to_integral_value())

    @property
    def work_fields(self) -> list[Any]:
        """Each kind of work that was found or is wished for already."""
        return [self[WORK + code] for code in self.codes]

    @property
    def draft(self) -> WishDraft:
        """What was told."""
        data = self.cleaned_data
        own = tuple(part.strip() for part in data["own_skills"].split(",") if part.strip())
        return WishDraft(
            hours_min=data["hours_min"],
            hours_max=data["hours_max"],
            slots=in_week_order({*data["slots"], *from_shortcuts(data["shortcuts"], within=SLOTS)}),
            max_hours_per_slot=data["max_hours_per_slot"],
            max_km=data["max_km"],
            skills=(*data["skills"], *own),
            travels_from=data["travels_from"].strip(),
            occupations={code: int(data[WORK + code]) for code in self.codes if data[WORK + code]},
        )


def initial_slots(slots: tuple[str, ...]) -> dict[str, Any]:
    """Half-days as shortcuts when they say it all, else one by one."""
    shortcuts = chosen_shortcuts(slots, within=SLOTS)
    return {"shortcuts": shortcuts, "slots": () if shortcuts else slots}


def initial_work(occupations: Mapping[str, int]) -> dict[str, str]:
    """How much each kind of work is wished for."""
    return {WORK + code: str(much) for code, much in occupations.items()}


def typed_wish(data: QueryDict) -> dict[str, Any]:
    """What stands in the form, unchecked: to look for work saves nothing and loses nothing."""
    many = ("shortcuts", "slots", "skills")
    plain = {name: data.getlist(name) if name in many else data.get(name, "") for name in WishForm.base_fields}
    return {**plain, **{name: data.get(name, "") for name in data if name.startswith(WORK)}}
