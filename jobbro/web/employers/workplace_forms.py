"""The form of a workplace: where it is, what it can offer, and its working week."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.enums import (
    Feature,
)
from jobbro.apps.employers.services import (
    WorkplaceDraft,
)
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.fields import offer
from jobbro.webkit.halfdays import ManyField, slot_choices
from jobbro.webkit.schemes.values import language

from .form_parts import NO_CITIZENS, NumberField, day, line, seen_mark, words


def measure_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """The support of the catalogue by group, in the language of the page."""
    book, spoken = catalogue(), language()
    by_group: dict[str, list[tuple[str, str]]] = {code: [] for code in book.group_names}
    for entry in book.entries:
        by_group[entry.group].append((entry.code, entry.name.in_language(spoken)))
    return [
        (book.group_names[code].in_language(spoken), sorted(entries, key=lambda one: one[1]))
        for code, entries in by_group.items()
    ]


class WorkplaceForm(forms.Form):
    """A workplace: where it is, what it can offer, and its week."""

    name = line(_("What is the workplace called?"), help_text=_("For example: The shop on the square."))
    p_number = line(
        _("P-number"),
        longest=20,
        attrs={"inputmode": "numeric", "autocomplete": "off"},
        required=False,
        help_text=_("Ten digits, when you know it."),
    )
    address = line(_("Street and number"), required=False, attrs={"autocomplete": "off"})
    postcode = line(_("Postcode"), longest=4, required=False, attrs={"inputmode": "numeric", "autocomplete": "off"})
    city = line(_("Town"), longest=60, required=False, attrs={"autocomplete": "off"})
    directions = words(
        _("How do you find the way in?"),
        rows=2,
        required=False,
        help_text=_("Door, parking, bus stop, whom to ask for."),
    )
    features = ManyField(label=_("What can the workplace offer?"), choices=Feature.choices)
    offers_note = words(_("More about what it can offer"), rows=2, required=False, help_text=NO_CITIZENS)
    slots = ManyField(label=_("When is there work?"), choices=[])
    slot_hours = NumberField(label=_("How many hours does a half-day have?"), initial=4)
    seen = seen_mark()

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["slots"], slot_choices(SLOTS))
        self.groups = [(f"measures_{place}", name, choices) for place, (name, choices) in enumerate(measure_groups())]
        chosen = set(self.initial.get("measures", ()))
        for key, name, choices in self.groups:
            ticked = [code for code, _name in choices if code in chosen]
            self.fields[key] = ManyField(label=name, choices=choices, initial=ticked)
        if not is_new:
            self.fields["closed_on"] = day(
                _("The workplace has closed on"),
                required=False,
                help_text=_("Leave it empty as long as people work there."),
            )

    @property
    def measure_fields(self) -> list[tuple[Any, int]]:
        """Each group of support as a field, with how many are ticked."""
        return [(self[key], len(self[key].value() or ())) for key, _name, _choices in self.groups]

    @property
    def draft(self) -> WorkplaceDraft:
        """The workplace as written."""
        data = self.cleaned_data
        return WorkplaceDraft(
            name=data["name"],
            p_number=data["p_number"],
            address=data["address"],
            postcode=data["postcode"],
            city=data["city"],
            directions=data["directions"],
            measures=tuple(code for key, _name, _choices in self.groups for code in data[key]),
            features=tuple(data["features"]),
            offers_note=data["offers_note"],
            slots=tuple(data["slots"]),
            slot_hours=data["slot_hours"],
            closed_on=data.get("closed_on"),
        )
