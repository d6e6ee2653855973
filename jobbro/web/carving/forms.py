"""Forms of the workshop: an order for a search, a job by hand, a proposal, and a move."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.selectors.carvings import Candidate
from jobbro.apps.jobs.services.carved_jobs import LONGEST_TITLE, LONGEST_WORDS, JobDraft, JobMove
from jobbro.apps.jobs.services.carvings import (
    MOST_MEASURES,
    MOST_PERSONS,
    MOST_PLACES,
    MOST_TASKS_IN_JOB,
    CarvingOrder,
)
from jobbro.apps.jobs.services.holders import MOST_WAGE
from jobbro.engines.support.catalogue import CatalogueMeasure
from jobbro.webkit.bridges import measure_name
from jobbro.webkit.fields import DayField, offer, plain_number
from jobbro.webkit.halfdays import ManyField

from .words import REFUSALS

NUMBER_PROBLEM = gettext_lazy("Write a number, for example 2.5.")
CITIZENS, PROFILE = "citizens", "profile"
THINKING = (
    ("5", gettext_lazy("5 seconds – a first look")),
    ("60", gettext_lazy("1 minute – enough for most workplaces")),
    ("300", gettext_lazy("5 minutes – more than a hundred tasks")),
    ("1800", gettext_lazy("30 minutes – you can leave the page meanwhile")),
)
SHARES = (
    ("0.25", gettext_lazy("a quarter of them")),
    ("0.5", gettext_lazy("half of them")),
    ("0.75", gettext_lazy("three quarters of them")),
    ("0.9", gettext_lazy("nearly all of them")),
)


class PlainNumberField(forms.DecimalField):
    """A number as people write it: a comma or a point for decimals, points for thousands."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": NUMBER_PROBLEM, "required": NUMBER_PROBLEM})
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "is-short"}
        super().__init__(localize=True, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Both separators mean the same."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


def whole_number(*, label: Any, most: int, least: int = 1, **kwargs: Any) -> PlainNumberField:
    """How many, between two numbers."""
    messages = {"invalid": REFUSALS["limits"], "required": REFUSALS["limits"]}
    messages |= {"min_value": REFUSALS["limits"], "max_value": REFUSALS["limits"]}
    return PlainNumberField(
        label=label, min_value=least, max_value=most, decimal_places=0, error_messages=messages, **kwargs
    )


class OrderForm(forms.Form):
    """Whom a search is for and what a job may hold."""

    tells_optional = False

    whom = forms.ChoiceField(
        label=gettext_lazy("Whom is the search for?"),
        choices=(
            (CITIZENS, gettext_lazy("Named citizens")),
            (PROFILE, gettext_lazy("The profile that most people waiting have")),
        ),
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["nobody"]},
    )
    citizens = ManyField(label=gettext_lazy("Citizens"))
    hours_min = PlainNumberField(label=gettext_lazy("Fewest hours a week"), required=False)
    hours_max = PlainNumberField(label=gettext_lazy("Most hours a week"), required=False)
    share = forms.ChoiceField(
        label=gettext_lazy("How many of those who wait should manage the job?"), choices=SHARES, required=False
    )
    jobs = PlainNumberField(
        label=gettext_lazy("How many jobs at most?"),
        min_value=1,
        max_value=MOST_PERSONS,
        decimal_places=0,
        required=False,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), REFUSALS["jobs"]),
    )
    wage = PlainNumberField(
        label=gettext_lazy("What does an hour of the new job cost?"),
        help_text=gettext_lazy("In kroner, for example 140. It can be changed later for each job."),
        min_value=Decimal(1),
        max_value=MOST_WAGE,
        error_messages=dict.fromkeys(("invalid", "required", "min_value", "max_value"), REFUSALS["wage"]),
    )
    seconds = forms.ChoiceField(
        label=gettext_lazy("How long may it think?"),
        help_text=gettext_lazy("You see the first suggestion after a few seconds either way, and you can stop it."),
        choices=THINKING,
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), REFUSALS["seconds"]),
    )
    measures = ManyField(label=gettext_lazy("Support that may be used"))
    max_tasks = whole_number(label=gettext_lazy("Most tasks in a job"), most=MOST_TASKS_IN_JOB)
    max_places = whole_number(label=gettext_lazy("Most places in a job"), most=MOST_PLACES)
    max_measures = whole_number(label=gettext_lazy("Most kinds of support in a job"), most=MOST_MEASURES, least=0)

    def __init__(
        self, *args: Any, candidates: Iterable[Candidate], entries: Sequence[CatalogueMeasure], **kwargs: Any
    ) -> None:
        self.all_measures = tuple(entry.code for entry in entries)
        first = {
            "seconds": "60",
            "share": "0.5",
            "jobs": 2,
            "hours_min": 8,
            "hours_max": 20,
            "max_tasks": 8,
            "max_places": 2,
            "max_measures": 3,
            "measures": self.all_measures,
        }
        kwargs["initial"] = {**first, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        offer(self.fields["citizens"], [(str(one.citizen_id), one.name) for one in candidates if one.is_ready])
        offer(self.fields["measures"], [(entry.code, measure_name(entry)) for entry in entries])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("whom") == CITIZENS and not data.get("citizens") and "citizens" not in self.errors:
            self.add_error("citizens", str(gettext_lazy("Choose at least one citizen.")))
        if data.get("whom") == PROFILE:
            for name, code in (("hours_min", "hours"), ("hours_max", "hours"), ("jobs", "jobs"), ("share", "share")):
                if data.get(name) in (None, "") and name not in self.errors:
                    self.add_error(name, REFUSALS[code])
        return data

    @property
    def order(self) -> CarvingOrder:
        """What is asked for."""
        data = self.cleaned_data
        chosen = tuple(data["measures"])
        shared: dict[str, Any] = {
            "seconds": int(data["seconds"]),
            "wage": data["wage"],
            "measures": None if len(chosen) == len(self.all_measures) else chosen,
            **{name: int(data[name]) for name in ("max_tasks", "max_places", "max_measures")},
        }
        if data["whom"] == CITIZENS:
            return CarvingOrder(citizen_ids=tuple(UUID(pk) for pk in data["citizens"]), **shared)
        return CarvingOrder(
            is_for_profile=True,
            hours=(data["hours_min"], data["hours_max"]),
            share=Decimal(data["share"]),
            jobs=int(data["jobs"]),
            **shared,
        )


class TakeForm(forms.Form):
    """Which suggestion is taken, and whose jobs of it; all when nobody is named."""

    suggestion = forms.IntegerField(min_value=0, max_value=100, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class JobForm(forms.Form):
    """A job by hand: what it is called, which tasks, which support, and the wage."""

    tells_optional = False

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    title = forms.CharField(
        label=gettext_lazy("What is the job called?"),
        max_length=LONGEST_TITLE,
        error_messages=dict.fromkeys(("required", "max_length"), REFUSALS["title"]),
    )
    description = forms.CharField(
        label=gettext_lazy("Description to the citizen and the employer"),
        help_text=gettext_lazy("Short and plain: what one does, with whom, and what a good day looks like. No names."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    wage = PlainNumberField(
        label=gettext_lazy("What does an hour of the job cost?"),
        min_value=Decimal(1),
        max_value=MOST_WAGE,
        error_messages=dict.fromkeys(("invalid", "required", "min_value", "max_value"), REFUSALS["wage"]),
    )
    tasks = ManyField(label=gettext_lazy("Tasks in the job"))
    measures = ManyField(label=gettext_lazy("Support in the job"))

    def __init__(
        self, *args: Any, tasks: Iterable[tuple[str, str]], entries: Sequence[CatalogueMeasure], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["tasks"], list(tasks))
        offer(self.fields["measures"], [(entry.code, measure_name(entry)) for entry in entries])

    @property
    def draft(self) -> JobDraft:
        """The job as it is meant."""
        return self.as_far_as_told(wage=Decimal(0))

    def as_far_as_told(self, *, wage: Decimal) -> JobDraft:
        """The job as far as it can be read; the `wage` that stands where none was written."""
        data = self.cleaned_data
        return JobDraft(
            title=data.get("title", ""),
            description=data.get("description", ""),
            task_ids=tuple(UUID(pk) for pk in data.get("tasks", ())),
            measures=tuple(data.get("measures", ())),
            wage=data.get("wage") or wage,
        )


class NewJobForm(JobForm):
    """A job made by hand from the beginning: the same, and whom it is for."""

    tells_optional = True
    field_order = ("title", "citizen", "tasks", "wage", "description", "measures")

    citizen = forms.ChoiceField(
        label=gettext_lazy("Whom is the job for?"),
        help_text=gettext_lazy(
            "Citizens with agreed needs who have said when they can work. The job is held against what they manage."
        ),
        required=False,
        error_messages={"invalid_choice": REFUSALS["citizen_gone"]},
    )

    def __init__(self, *args: Any, candidates: Iterable[Candidate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        people = [(str(one.citizen_id), one.name) for one in candidates]
        offer(self.fields["citizen"], [("", gettext_lazy("Nobody in particular yet")), *people])
        tasks = self.fields["tasks"]
        tasks.required, tasks.error_messages["required"] = True, REFUSALS["no_tasks_chosen"]

    @property
    def citizen_id(self) -> UUID | None:
        """Whom the job is for, when somebody is named."""
        chosen = self.cleaned_data["citizen"]
        return UUID(chosen) if chosen else None


class ProposeForm(forms.Form):
    """Which support the employer is shown."""

    tells_optional = False

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    shown = ManyField(
        label=gettext_lazy("Which support may the employer see?"),
        help_text=gettext_lazy(
            "None unless you and the citizen choose it. The employer sees the support as part of the job, never why."
        ),
    )

    def __init__(self, *args: Any, entries: Sequence[CatalogueMeasure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["shown"], [(entry.code, measure_name(entry)) for entry in entries])


class MoveForm(forms.Form):
    """What a move asks besides its name."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    agreed_with = forms.CharField(
        label=gettext_lazy("Who said yes?"),
        max_length=LONGEST_TITLE,
        error_messages=dict.fromkeys(("required", "max_length"), REFUSALS["agreed_with"]),
    )
    words = forms.CharField(
        label=gettext_lazy("What did they say?"),
        help_text=gettext_lazy("Do not write about citizens here: the company can read it."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]},
    )
    on = DayField(label=gettext_lazy("Which day was it?"))

    ASKED: dict[str, tuple[str, ...]] = {"agree": ("agreed_with", "on"), "decline": ("words", "on")}

    def __init__(self, *args: Any, move: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = ("seen", *self.ASKED.get(move, ()))
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]

    def details(self, *, on: Any) -> JobMove:
        """What was told; today when no day was asked."""
        data = self.cleaned_data
        return JobMove(on=data.get("on") or on, words=data.get("words", ""), agreed_with=data.get("agreed_with", ""))
