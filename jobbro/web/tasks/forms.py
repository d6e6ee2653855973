"""Forms of tasks: what, how long, when, where, who; what a task asks; posts."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.jobs.selectors.tasks import TaskFormPage
from jobbro.apps.jobs.selectors.tasks_shown import TaskShown
from jobbro.apps.jobs.services.holders import HolderDraft, WageDraft
from jobbro.apps.jobs.services.tasks import TaskDraft
from jobbro.apps.jobs.task_checking import LONGEST_NAME, LONGEST_NOTE, LONGEST_PLACE
from jobbro.engines.occupations.task_library import LibraryTask, skills, task_library
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

from .words import REFUSALS

HUNDREDTH = Decimal("0.01")
MOST_DIGITS = 9
NUMBER_PROBLEM = gettext_lazy("Write a number, for example 2.5.")


class PlainNumberField(forms.DecimalField):
    """A number as people write it: a comma or a point for decimals, points for thousands."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": NUMBER_PROBLEM})
        kwargs.setdefault("max_digits", MOST_DIGITS)
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "is-short"}
        super().__init__(localize=True, widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


class TaskForm(forms.Form):
    """One task, short enough to fill in while standing beside it."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    origin = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("What is done?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": REFUSALS["name_none"]},
    )
    hours = PlainNumberField(
        label=gettext_lazy("How many hours a week?"),
        required=False,
        help_text=gettext_lazy("In a normal week. Write half an hour as 0.5."),
    )
    minutes = PlainNumberField(label=gettext_lazy("Minutes each time"), required=False)
    times = PlainNumberField(label=gettext_lazy("Times a week"), required=False)
    shortcuts = ManyField(label=gettext_lazy("When can it be done?"))
    slots = ManyField(label=gettext_lazy("Single half-days"))
    place = forms.CharField(
        label=gettext_lazy("Where?"),
        required=False,
        max_length=LONGEST_PLACE,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off"}),
    )
    holder = forms.ChoiceField(label=gettext_lazy("Who does it today?"), required=False)
    new_holder = forms.CharField(
        label=gettext_lazy("Who does it today? A new post"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=gettext_lazy("A job, for example “baker”. A name is not needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    is_core = forms.BooleanField(
        label=gettext_lazy("It has to stay with those who are trained for it"),
        required=False,
    )
    requires = ManyField(label=gettext_lazy("What must one have to be allowed to do it?"))
    own_skills = forms.CharField(
        label=gettext_lazy("Something else one must be able to do"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Put a comma between them."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("A note"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What is good to know about the task. Write about the work, not about persons."),
    )

    # Only the name must be there; marks of what may be left empty would be longer than the form.
    tells_optional = False

    def __init__(self, *args: Any, page: TaskFormPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week = page.workplace.slots
        offer(self.fields["shortcuts"], offered_shortcuts(self.week))
        kept = page.task.slots if page.task else ()
        offer(self.fields["slots"], slot_choices((*self.week, *kept)))
        holders = [(str(row.id), _holder_told(row.name, has_left=row.has_left)) for row in page.holders]
        offer(self.fields["holder"], [("", _("Nobody, or not known")), *holders])
        offer(self.fields["requires"], skill_choices())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        minutes, times = data.get("minutes"), data.get("times")
        if "hours" not in self.errors and data.get("hours") is None:
            if minutes and times:
                data["hours"] = (minutes * times / 60).quantize(HUNDREDTH, rounding=ROUND_HALF_UP)
            else:
                self.add_error("hours", str(REFUSALS["hours_number"]))
        return data

    @property
    def draft(self) -> TaskDraft:
        """What was written."""
        data = self.cleaned_data
        slots = in_week_order({*data["slots"], *from_shortcuts(data["shortcuts"], within=self.week)})
        return TaskDraft(
            name=data["name"],
            hours=data["hours"],
            slots=slots,
            place=data["place"],
            holder_id=UUID(data["holder"]) if data["holder"] else None,
            new_holder=data["new_holder"],
            note=data["note"],
            requires=(*data["requires"], *split_words(data["own_skills"])),
            is_core=data["is_core"],
        )


def initial_of(task: TaskShown, *, week: tuple[str, ...]) -> dict[str, Any]:
    """The form filled in as the task stands."""
    known = {code for code, _label in skill_choices()}
    shortcuts = chosen_shortcuts(task.slots, within=week)
    return {
        "seen": task.seen,
        "name": task.name,
        "hours": trimmed(task.hours),
        "shortcuts": shortcuts,
        "slots": () if shortcuts else task.slots,
        "place": task.place,
        "holder": str(task.holder_id or ""),
        "is_core": task.is_core,
        "requires": [skill for skill in task.requires if skill in known],
        "own_skills": ", ".join(skill for skill in task.requires if skill not in known),
        "note": task.note,
    }


def with_library(typed: dict[str, Any], task: LibraryTask, *, week: tuple[str, ...]) -> dict[str, Any]:
    """What was typed, and from the library what was left empty; the name is the library's."""
    shown_in = language()
    slots = tuple(slot for slot in task.slots if slot in week)
    shortcuts = chosen_shortcuts(slots, within=week)
    place = next((one.name for one in task_library().places if one.code == task.place), None)
    filled: dict[str, Any] = {
        "hours": trimmed(Decimal(str(task.hours_a_week))),
        "shortcuts": shortcuts,
        "slots": () if shortcuts else slots,
        "place": place.in_language(shown_in) if place else "",
        "requires": list(task.requires),
        "is_core": task.core,
    }
    kept = {name: value for name, value in typed.items() if value}
    if kept.get("slots") or kept.get("shortcuts"):
        filled["shortcuts"] = filled["slots"] = ()
    return {**filled, **kept, "name": task.name.in_language(shown_in), "origin": f"library:{task.code}"}


def typed_values(data: QueryDict) -> dict[str, Any]:
    """What stands in the form, unchecked."""
    many = ("shortcuts", "slots", "requires")
    values = {name: data.getlist(name) if name in many else data.get(name, "") for name in TaskForm.base_fields}
    return {**values, "is_core": bool(values["is_core"])}


def skill_choices() -> list[tuple[str, str]]:
    """Skills of the library by name."""
    shown_in = language()
    return [(skill.code, skill.name.in_language(shown_in)) for skill in skills()]


def trimmed(number: Decimal) -> Decimal:
    """No zeros behind the last decimal, and never 1E+1."""
    return Decimal(f"{number.normalize():f}")


def split_words(text: str) -> tuple[str, ...]:
    """The words between commas."""
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _holder_told(name: str, *, has_left: bool) -> str:
    return _("%(name)s (has left the post)") % {"name": name} if has_left else name


class SeenForm(forms.Form):
    """A press of a button about something that was read."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class OriginForm(SeenForm):
    """Where levels are taken from."""

    origin = forms.CharField(max_length=60)


class HolderForm(forms.Form):
    """A post. The wage is asked only of those who may see wages."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("What is the post called?"),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("A job, for example “baker”. A name is not needed."),
        error_messages={"required": gettext_lazy("Write what the post is called.")},
    )
    words = forms.CharField(
        label=gettext_lazy("Find the occupation"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("New tasks of the post begin with what the occupation usually asks."),
    )
    occupation = forms.ChoiceField(label=gettext_lazy("Occupation"), required=False, widget=forms.RadioSelect)
    percent = PlainNumberField(
        label=gettext_lazy("How much of the hours may be given to others, at most? (percent)"),
        min_value=0,
        max_value=100,
        help_text=gettext_lazy("100 means that all of it may be given away."),
        error_messages={
            "invalid": NUMBER_PROBLEM,
            "min_value": REFUSALS["release_share"],
            "max_value": REFUSALS["release_share"],
        },
    )
    hourly = PlainNumberField(
        label=gettext_lazy("What does an hour cost? (kroner)"),
        required=False,
        help_text=gettext_lazy("Wage and what follows with it. Only those who may see wages see this."),
    )
    left_on = DayField(
        label=gettext_lazy("The post ended on"),
        required=False,
        help_text=gettext_lazy("Leave it empty while somebody has the post. Its tasks stay on the list."),
    )

    def __init__(
        self, *args: Any, occupations: tuple[tuple[str, str], ...], sees_wages: bool, is_new: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["occupation"], [("", _("None chosen")), *occupations])
        if not sees_wages:
            del self.fields["hourly"]
        if is_new:
            del self.fields["left_on"]

    @property
    def draft(self) -> HolderDraft:
        """The post as written."""
        data = self.cleaned_data
        return HolderDraft(
            name=data["name"],
            occupation=data["occupation"],
            max_release=data["percent"] / 100,
            left_on=data.get("left_on"),
        )

    @property
    def wage(self) -> WageDraft | None:
        """The wage as written; None when it was not asked."""
        return WageDraft(hourly=self.cleaned_data["hourly"]) if "hourly" in self.fields else None
