"""Forms of outreach: the two opening questions, an effort, who comes onto its list, and one contact."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.outreach.enums import Contacted, Reply, Response, Why
from jobbro.apps.outreach.services import EffortDraft, OpeningDraft
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer
from jobbro.webkit.halfdays import ManyField

from .words import HARDER, HARDER_EASY, REFUSALS, TALK, TALK_EASY

DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}


def _one_of(label: Any, choices: Iterable[Any], **kwargs: Any) -> forms.ChoiceField:
    told = {"required": REFUSALS["reply"], "invalid_choice": REFUSALS["reply"]}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=told, **kwargs
    )


def _words(label: Any, *, rows: int = 3, **kwargs: Any) -> forms.CharField:
    told = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2000, error_messages=told, widget=widget, **kwargs)


def _day(label: Any, **kwargs: Any) -> DayField:
    return DayField(label=label, error_messages=DAY_ERRORS, **kwargs)


class OpeningForm(forms.Form):
    """The two questions. Each can be answered with “I would rather not say”."""

    tells_optional = False
    harder = _one_of(HARDER, Reply.choices)
    talk = _one_of(TALK, Reply.choices)
    ask_again_on = _day(
        _("If not now: when may we ask again?"),
        required=False,
        help_text=_("Leave it empty, and we ask in half a year. After a no we do not ask for a year."),
    )
    is_raised = forms.BooleanField(label=_("The citizen raised it themselves"), required=False)

    def __init__(self, *args: Any, is_own: bool, is_easy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["is_raised"]
        if is_easy:
            self.fields["harder"].label, self.fields["talk"].label = HARDER_EASY, TALK_EASY

    @property
    def draft(self) -> OpeningDraft:
        """What was said."""
        data = self.cleaned_data
        return OpeningDraft(
            harder=data["harder"],
            talk=data["talk"],
            ask_again_on=data["ask_again_on"],
            is_raised=bool(data.get("is_raised")),
        )


class EffortForm(forms.Form):
    """A special effort."""

    municipality = _one_of(_("Which municipality?"), ())
    name = forms.CharField(
        label=_("Name of the effort"), max_length=120, error_messages={"required": REFUSALS["words"]}
    )
    purpose = _words(_("What is the purpose?"))
    facts = ManyField(
        label=_("By which facts are people found?"),
        choices=Why.choices,
        help_text=_("Those chosen must all be true. Benefits, health and guesses are never used."),
        error_messages={"required": REFUSALS["facts"]},
    )
    since = _day(_("Their course began on or after"), required=False)
    why = _words(_("Why these people?"), help_text=_("In words that a citizen can read and find fair."))
    from_on = _day(_("First day"))
    until_on = _day(_("Last day"))

    def __init__(self, *args: Any, municipalities: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = municipalities[0][0] if len(municipalities) == 1 else ""
        if self.only:
            del self.fields["municipality"]
        else:
            offer(self.fields["municipality"], municipalities)

    @property
    def code(self) -> str:
        return self.only or str(self.cleaned_data["municipality"])

    @property
    def draft(self) -> EffortDraft:
        """The effort as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "municipality"}
        return EffortDraft(**{**data, "facts": tuple(data["facts"])})


class ListForm(forms.Form):
    """Who comes onto the list."""

    people = ManyField(label=_("Who comes onto the list?"), error_messages={"required": REFUSALS["people"]})

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["people"], [(str(pk), name) for pk, name in people])

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(UUID(one) for one in self.cleaned_data["people"])


class ContactForm(forms.Form):
    """One contact and what they said."""

    channel = _one_of(_("How did you reach them?"), Contacted.choices)
    contacted_on = _day(_("Which day?"))
    response = _one_of(_("What did they say?"), Response.choices)
