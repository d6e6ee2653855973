"""Forms of endings and moves."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.closing.enums import CloseReason, Handling
from jobbro.apps.closing.services.ending import (
    LONGEST_HANDLING,
    LONGEST_PHONE,
    LONGEST_STEP,
    ClosingDraft,
    Handled,
)
from jobbro.apps.closing.services.moving import LONGEST_CONTACT, LONGEST_NOTED, LONGEST_WHY, MoveDraft
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer

LONGEST_LINE, LONGEST_WORDS = 120, 10_000
DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class CloseForm(forms.Form):
    """How the course ends; for each thing that is still open, what becomes of it."""

    reason = forms.ChoiceField(label=_("Why does the course end?"), widget=forms.RadioSelect)
    reason_words = forms.CharField(
        label=_("More about why"),
        help_text=_("The citizen reads it. Write it kindly, or leave it empty."),
        max_length=LONGEST_WORDS,
        widget=_area(2),
        required=False,
    )
    reached = forms.CharField(
        label=_("What was reached?"),
        help_text=_("One thing a line. It begins with what the plan, the jobs and the courses say."),
        max_length=LONGEST_WORDS,
        widget=_area(5),
        required=False,
    )
    in_place = forms.CharField(
        label=_("What is still in place?"),
        help_text=_("One thing a line, with its last day: support, agreements, mentor."),
        max_length=LONGEST_WORDS,
        widget=_area(5),
        required=False,
    )
    contact_name = forms.CharField(label=_("Who can the citizen call?"), max_length=LONGEST_LINE)
    contact_phone = forms.CharField(
        label=_("Telephone"), max_length=LONGEST_PHONE, widget=forms.TextInput(attrs={"type": "tel"})
    )
    contact_role = forms.CharField(
        label=_("Where do they work?"),
        help_text=_("For example: Job og Støtte, the municipality; or the name of a partner."),
        max_length=LONGEST_LINE,
        required=False,
    )
    contact_from_on = DayField(label=_("From which day?"), error_messages=DAY_ERRORS)
    last_word = forms.CharField(
        label=_("The citizen’s own last word"),
        help_text=_("As they say it. They can write it themselves later too."),
        max_length=LONGEST_WORDS,
        widget=_area(3),
        required=False,
    )

    def __init__(self, *args: Any, open_things: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["reason"], CloseReason.choices)
        self.open_things = list(open_things)
        for key, told in self.open_things:
            self.fields[f"how_{key}"] = forms.ChoiceField(
                label=told, choices=Handling.choices, widget=forms.RadioSelect
            )
            self.fields[key] = forms.CharField(
                label=_("Who takes it over, or why is it left?"), max_length=LONGEST_HANDLING
            )

    @property
    def loose_ends(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each open thing."""
        return [(self[f"how_{key}"], self[key]) for key, _told in self.open_things]

    @property
    def draft(self) -> ClosingDraft:
        """The ending as it was written."""
        data = self.cleaned_data
        return ClosingDraft(
            reason=CloseReason(data["reason"]),
            reason_words=data["reason_words"],
            reached=data["reached"],
            in_place=data["in_place"],
            contact_name=data["contact_name"],
            contact_phone=data["contact_phone"],
            contact_role=data["contact_role"],
            contact_from_on=data["contact_from_on"],
            last_word=data["last_word"],
        )

    @property
    def handled(self) -> dict[str, Handled]:
        """What becomes of each open thing."""
        data = self.cleaned_data
        return {key: Handled(how=Handling(data[f"how_{key}"]), words=data[key]) for key, _told in self.open_things}


class LastWordForm(forms.Form):
    """The citizen's own last word."""

    words = forms.CharField(label=_("Your own words"), max_length=LONGEST_WORDS, widget=_area(4))


class ReopenForm(forms.Form):
    """What has changed, and what comes now."""

    changed_words = forms.CharField(
        label=_("What has changed since?"),
        help_text=_("In the citizen’s words. What was agreed before still stands and can be changed."),
        max_length=LONGEST_WORDS,
        widget=_area(4),
    )
    next_step = forms.CharField(label=_("What is the next step?"), max_length=LONGEST_STEP)
    next_step_on = DayField(label=_("When?"), required=False)
    lead = forms.ChoiceField(label=_("Who is the contact person?"))

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["lead"], [("", _("Choose a person")), *people])

    @property
    def lead_id(self) -> UUID:
        return UUID(self.cleaned_data["lead"])


class MoveForm(forms.Form):
    """A handover to another municipality."""

    to_code = forms.ChoiceField(
        label=_("To which municipality?"),
        help_text=_("Is it not here? Then close the course, choose “moved”, and give the citizen the papers."),
    )
    moves_on = DayField(label=_("From which day do they live there?"), error_messages=DAY_ERRORS)
    legal_basis = forms.CharField(
        label=_("On what basis in law is it handed over?"),
        help_text=_("Write the act and the paragraph, and whom you have asked. Jobbro does not decide this for you."),
        max_length=LONGEST_WORDS,
        widget=_area(3),
    )
    handed_over = forms.CharField(
        label=_("What else should the new municipality know?"),
        help_text=_("Papers you send, deadlines, meetings. The citizen reads it. Nothing about needs here."),
        max_length=LONGEST_WORDS,
        widget=_area(3),
        required=False,
    )
    contact = forms.CharField(
        label=_("Whom can the new municipality call here?"),
        help_text=_("Name and telephone."),
        max_length=LONGEST_CONTACT,
    )

    def __init__(self, *args: Any, municipalities: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["to_code"], [("", _("Choose a municipality")), *municipalities])

    @property
    def draft(self) -> MoveDraft:
        """The handover as it is meant."""
        return MoveDraft(**{name: self.cleaned_data[name] for name in self.fields})


YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class AnswerForm(forms.Form):
    """What goes along."""

    profile = forms.ChoiceField(
        label=_("Should what we have agreed about your needs go along?"), choices=YES_NO, widget=forms.RadioSelect
    )
    plan = forms.ChoiceField(label=_("Should your plan go along?"), choices=YES_NO, widget=forms.RadioSelect)
    noted = forms.CharField(
        label=_("How did the citizen say it?"),
        help_text=_("For example: on the telephone today, with the sister listening."),
        max_length=LONGEST_NOTED,
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["noted"]
        else:
            self.fields["profile"].label = _("Should what is agreed about needs go along?")
            self.fields["plan"].label = _("Should the plan go along?")

    @property
    def noted_words(self) -> str:
        return str(self.cleaned_data.get("noted", ""))

    def says_yes(self, name: str) -> bool:
        """Whether it goes along."""
        return bool(self.cleaned_data[name] == "yes")


class WhyForm(forms.Form):
    """Why it ends."""

    words = forms.CharField(label=_("Why?"), max_length=LONGEST_WHY)


class TakeForm(forms.Form):
    """Who receives the citizen."""

    team = forms.ChoiceField(label=_("Which team?"))
    lead = forms.ChoiceField(label=_("Who is the contact person?"))

    def __init__(
        self, *args: Any, teams: Iterable[tuple[str, str]], people: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["team"], [("", _("Choose a team")), *teams])
        offer(self.fields["lead"], [("", _("Choose a person")), *people])
