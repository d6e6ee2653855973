"""The form of a work wish."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

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

    def clean_max_km(self) -> int | None:
        number = self.cleaned_data["max_km"]
        return None if number is None else int(number.to_integral_value())

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
        )


def initial_slots(slots: tuple[str, ...]) -> dict[str, Any]:
    """Half-days as shortcuts when they say it all, else one by one."""
    shortcuts = chosen_shortcuts(slots, within=SLOTS)
    return {"shortcuts": shortcuts, "slots": () if shortcuts else slots}
