"""Forms of open jobs: what, how much, when, with which support; a move; a file with postings; searches."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobbro.apps.jobs.opening_checking import (
    LONGEST_DESCRIPTION,
    LONGEST_NOTE,
    LONGEST_SOURCE,
    LONGEST_WAGE,
    MANY_PLACES,
    OpeningDraft,
)
from jobbro.apps.jobs.selectors.holders import occupation_title, occupations_like
from jobbro.apps.jobs.selectors.openings import OpeningFilter
from jobbro.apps.jobs.selectors.openings import OpeningForm as OpeningFormPage
from jobbro.apps.jobs.selectors.openings_public import PublicFilter
from jobbro.engines.occupations.task_library import skills
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.fields import DayField, offer, plain_number
from jobbro.webkit.halfdays import (
    ManyField,
    chosen_shortcuts,
    from_shortcuts,
    in_week_order,
    offered_shortcuts,
    slot_choices,
)
from jobbro.webkit.schemes.values import language

from .words import REFUSALS, SHOWS, by_payer

OFFERED = 8
LONGEST_TITLE = 120
NUMBER_PROBLEM = _("Write a number, for example 12.5.")


class NumberField(forms.DecimalField):
    """A number as people write it: a comma or a point for decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": NUMBER_PROBLEM, "required": NUMBER_PROBLEM})
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "is-short"}
        super().__init__(localize=True, max_digits=9, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


class WordsForm(forms.Form):
    """The words and days of an open job: all that can be changed of one that follows a carved job."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("What is the job called?"),
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": REFUSALS["name_none"], "max_length": REFUSALS["too_long"]},
    )
    description = forms.CharField(
        label=_("What is done in the job?"),
        required=False,
        max_length=LONGEST_DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A few plain sentences about the work and the place. Write nothing about persons."),
    )
    wage_text = forms.CharField(
        label=_("Pay"),
        required=False,
        max_length=LONGEST_WAGE,
        help_text=_("For example “by the collective agreement”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    starts_on = DayField(label=_("First day of work"), required=False, help_text=_("Leave it empty if it is open."))
    closes_on = DayField(
        label=_("Last day to answer"),
        required=False,
        help_text=_("After this day the job counts as closed. Leave it empty if there is none."),
    )
    tells_optional = False

    def __init__(self, *args: Any, page: OpeningFormPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        entries = by_payer(catalogue().entries)
        self._payers = [
            (f"payer_{place}", label, [(entry.code, entry.name.in_language(language())) for entry in listed])
            for place, (label, listed) in enumerate(entries)
        ]
        chosen = set(self.initial.get("measures", ()))
        for key, label, choices in self._payers:
            ticked = [code for code, _name in choices if code in chosen]
            self.fields[key] = ManyField(label=label, choices=choices, initial=ticked)

    @property
    def measure_fields(self) -> list[tuple[Any, int, int]]:
        """Each payer as a field, with how many are ticked, of how many."""
        return [(self[key], len(self[key].value() or ()), len(choices)) for key, _label, choices in self._payers]

    @property
    def measures(self) -> tuple[str, ...]:
        return tuple(code for key, _label, _choices in self._payers for code in self.cleaned_data[key])

    @property
    def draft(self) -> OpeningDraft:
        """What was written; the rest is as the carved job says."""
        row, data = self.page.row, self.cleaned_data
        assert row is not None, "only the words of a job that is there can be changed alone"
        return OpeningDraft(
            hours_min=row.hours_min,
            hours_max=row.hours_max,
            measures=self.measures,
            **{name: data[name] for name in ("title", "description", "wage_text", "starts_on", "closes_on")},
        )


class OpeningForm(WordsForm):
    """A whole open job."""

    words = forms.CharField(
        label=_("Find the occupation"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("The job then begins with what the occupation usually asks. You look at it afterwards."),
    )
    occupation = forms.ChoiceField(label=_("Occupation"), required=False, widget=forms.RadioSelect)
    hours_min = NumberField(label=_("At least how many hours a week?"))
    hours_max = NumberField(label=_("At most how many hours a week?"))
    shortcuts = ManyField(label=_("When must somebody be there?"))
    slots = ManyField(label=_("Single half-days"))
    requires = ManyField(label=_("What must one have to be allowed to do it?"))
    own_skills = forms.CharField(
        label=_("Something else one must be able to do"),
        required=False,
        max_length=400,
        help_text=_("Put a comma between them. Ask only for what is really needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    places = forms.IntegerField(
        label=_("How many people?"),
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "is-short", "autocomplete": "off"}),
        error_messages={"invalid": REFUSALS["places_number"], "required": REFUSALS["places_number"]},
    )
    is_many = forms.BooleanField(label=_("Yes, it is really so many people"), required=False)
    is_public = forms.BooleanField(
        label=_("Show the job on the open job page, where everybody can read it without login"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["shortcuts"], offered_shortcuts(SLOTS))
        offer(self.fields["slots"], slot_choices(SLOTS))
        offer(self.fields["requires"], [(one.code, one.name.in_language(language())) for one in skills()])
        typed = self.data if self.is_bound else self.initial
        offer(self.fields["occupation"], occupation_choices(typed))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("places") or 0) > MANY_PLACES and not data.get("is_many"):
            self.add_error("places", str(REFUSALS["places_many"]))
        return data

    @property
    def is_asked_again(self) -> bool:
        """Whether the number of people is so large that it is asked about."""
        text = str(self["places"].value() or "")
        return text.isascii() and text.isdigit() and int(text[:6]) > MANY_PLACES

    @property
    def draft(self) -> OpeningDraft:
        """What was written."""
        data = self.cleaned_data
        own = tuple(part.strip() for part in data["own_skills"].split(",") if part.strip())
        kept = ("title", "occupation", "description", "hours_min", "hours_max", "places", "wage_text", "is_public")
        return OpeningDraft(
            slots=in_week_order({*data["slots"], *from_shortcuts(data["shortcuts"], within=SLOTS)}),
            requires=(*data["requires"], *own),
            measures=self.measures,
            starts_on=data["starts_on"],
            closes_on=data["closes_on"],
            **{name: data[name] for name in kept},
        )


class PostingForm(OpeningForm):
    """An open job from a posting; `source_id` is the posting's own number."""

    source_id = forms.CharField(required=False, max_length=LONGEST_SOURCE, widget=forms.HiddenInput)

    @property
    def draft(self) -> OpeningDraft:
        return replace(super().draft, source_id=self.cleaned_data["source_id"])


def carried_of(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Names and texts of hidden fields: numbers and days as the form reads them again."""
    return [
        (name, str(value).replace(".", ",") if isinstance(value, Decimal) else str(value))
        for name, value in values.items()
    ]


def occupation_choices(typed: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What sounds like the words, and what is chosen already."""
    codes = dict(occupations_like(str(typed.get("words") or ""), most=OFFERED))
    chosen = str(typed.get("occupation") or "")
    if title := occupation_title(chosen):
        codes.setdefault(chosen, title)
    return [("", _("None chosen")), *codes.items()]


def initial_of(page: OpeningFormPage) -> dict[str, Any]:
    """The form as the job stands; of a new one what is usual at the workplace."""
    row = page.row
    if row is None:
        return {"measures": page.usual_measures, "places": 1}
    known = {one.code for one in skills()}
    shortcuts = chosen_shortcuts(row.slots, within=SLOTS)
    names = ("title", "description", "wage_text", "starts_on", "closes_on", "occupation", "places", "is_public")
    return {
        **{name: getattr(row, name) for name in names},
        "seen": page.seen,
        "hours_min": trimmed(row.hours_min),
        "hours_max": trimmed(row.hours_max),
        "shortcuts": shortcuts,
        "slots": () if shortcuts else row.slots,
        "requires": [skill for skill in row.requires if skill in known],
        "own_skills": ", ".join(skill for skill in row.requires if skill not in known),
        "measures": row.measures,
    }


def typed_values(data: QueryDict) -> dict[str, Any]:
    """What stands in the form, unchecked: buttons inside it save nothing and lose nothing."""
    many = {"shortcuts", "slots", "requires"}
    ticked = [code for key in data if key.startswith("payer_") for code in data.getlist(key)]
    plain = {name: data.getlist(name) if name in many else data.get(name, "") for name in OpeningForm.base_fields}
    checked = {name: bool(plain[name]) for name in ("is_many", "is_public")}
    return {**plain, **checked, "measures": ticked}


def trimmed(number: Decimal) -> Decimal:
    """No zeros behind the last decimal, and never 1E+1."""
    return Decimal(f"{number.normalize():f}")


class SeenForm(forms.Form):
    """A press of a button about something that was read."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class BeginForm(SeenForm):
    """The occupation that levels are taken from."""

    origin = forms.CharField(max_length=20)


class MoveForm(SeenForm):
    """A few words about a move."""

    words = forms.CharField(
        label=_("A few words, if you like"),
        required=False,
        max_length=LONGEST_NOTE,
        help_text=_("For example why. Write nothing about persons: the company reads it too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tells_optional = False


class PostingFileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A saved web page (.html) or a file with JSON-LD (.json, .jsonld), at most 1 MB."),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".html,.htm,.json,.jsonld,.txt"}),
        error_messages={"required": _("Choose a file.")},
    )


class ListForm(forms.Form):
    """The filters of the staff list, kept in the address."""

    show = forms.ChoiceField(label=_("Show"), required=False, choices=list(SHOWS.items()))
    q = forms.CharField(
        label=_("Words, company or town"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    tells_optional = False


def filter_from(data: QueryDict, *, workplace_id: Any = None) -> OpeningFilter:
    """The filter in the address; what says nothing narrows nothing."""
    show = data.get("show", "")
    words = data.get("q", "").replace("\0", "")[:80]
    return OpeningFilter(show=show if show in SHOWS else "", words=words, workplace_id=workplace_id)


class PublicSearchForm(forms.Form):
    """What somebody without login looks for."""

    q = forms.CharField(
        label=_("What would you like to do?"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    town = forms.CharField(
        label=_("Town or postcode"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    hours = NumberField(label=_("At most how many hours a week?"), required=False)
    tells_optional = False

    @property
    def wanted(self) -> PublicFilter:
        """What was asked for; fields that cannot be read narrow nothing."""
        data = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return PublicFilter(words=data.get("q", ""), town=data.get("town", ""), most_hours=data.get("hours"))
