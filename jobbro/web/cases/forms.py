"""Forms about the course of a citizen, and the filters of the caseload."""

from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobbro.apps.cases.enums import MemberRole, NoteKind
from jobbro.apps.cases.selectors import (
    CaseloadFilters,
    CaseloadPage,
    Choice,
    CitizenFile,
    Due,
    Sort,
    Which,
)
from jobbro.apps.cases.services.urgent import SHORTEST_REASON
from jobbro.webkit.fields import CprField, DayField, offer

Code = TypeVar("Code", bound=StrEnum)

WHICH_LABELS = {
    Which.CURRENT: _("Open and paused"),
    Which.OPEN: _("Open"),
    Which.PAUSED: _("Paused"),
    Which.CLOSED: _("Closed"),
    Which.ALL: _("All"),
}
DUE_LABELS = {
    "": _("Any time"),
    Due.OVERDUE: _("The day has passed"),
    Due.TODAY: _("Today or before"),
    Due.WEEK: _("Within a week"),
    Due.NONE: _("No next step"),
}
SORT_LABELS = {Sort.DUE: _("Next step first"), Sort.NAME: _("Name"), Sort.QUIET: _("Quiet the longest")}


def filters_from(query: QueryDict) -> CaseloadFilters:
    """The filters in the address; what cannot be understood counts as not chosen."""
    who = query.get("who", "")
    return CaseloadFilters(
        who=who if who in ("mine", "all") or _id(who) else "",
        team_id=_id(query.get("team", "")),
        unit_id=_id(query.get("unit", "")),
        which=_one_of(Which, query.get("which", "")) or Which.CURRENT,
        is_quiet=query.get("quiet") == "on",
        due=_one_of(Due, query.get("due", "")),
        sort=_one_of(Sort, query.get("sort", "")) or Sort.DUE,
        size=100 if query.get("size") == "100" else 25,
        number=_number(query.get("page", "")),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _one_of(kind: type[Code], text: str) -> Code | None:
    return next((code for code in kind if code == text), None)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


class FilterForm(forms.Form):
    """What the caseload shows; sent by GET, so that a filter is a link."""

    use_required_attribute = False
    who = forms.ChoiceField(label=_("Whose"))
    team = forms.ChoiceField(label=_("Team"))
    which = forms.ChoiceField(label=_("State"), choices=WHICH_LABELS.items())
    due = forms.ChoiceField(label=_("Next step"), choices=DUE_LABELS.items())
    sort = forms.ChoiceField(label=_("Sorted by"), choices=SORT_LABELS.items())
    quiet = forms.BooleanField(label=_("Quiet for more than three weeks"), required=False)

    def __init__(self, *, filters: CaseloadFilters, found: CaseloadPage, actor_id: UUID) -> None:
        initial = {
            "who": found.who,
            "team": str(filters.team_id or ""),
            "which": filters.which,
            "due": filters.due or "",
            "sort": filters.sort,
            "quiet": filters.is_quiet,
        }
        super().__init__(initial=initial, auto_id="filter_%s")
        colleagues = [(str(person.id), person.name) for person in found.colleagues if person.id != actor_id]
        offer(
            self.fields["who"],
            [
                ("mine", _("Mine")),
                ("all", _("Everybody I work for")),
                (_("Colleagues"), colleagues),
            ],
        )
        offer(self.fields["team"], [("", _("All teams")), *((str(team.id), team.name) for team in found.teams)])


class SearchForm(forms.Form):
    """One field for a name or a CPR number; sent by POST, so that neither is ever in an address."""

    text = forms.CharField(
        label=_("Name or CPR number"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].strip()
        if len(text) < 2:
            raise forms.ValidationError(_("Write at least two letters of the name, or the whole CPR number."))
        if looks_like_cpr(text):
            CprField().clean(text)
        return text


def looks_like_cpr(text: str) -> bool:
    """Mostly digits: then it is meant as a number."""
    return sum(sign.isdigit() for sign in text) >= 5


class UrgentForm(forms.Form):
    """The number and the written reason for opening a file outside one's own work."""

    cpr = CprField(label=_("CPR number"))
    reason = forms.CharField(
        label=_("Why do you need this file now?"),
        help_text=_("The team lead and the citizen can read what you write. Leave out what others need not know."),
        min_length=SHORTEST_REASON,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"min_length": _("Write a whole sentence, so that others understand why. At least 20 letters.")},
    )


class NoteForm(forms.Form):
    """One entry of the log."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=NoteKind.choices, initial=NoteKind.NOTE)
    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write what matters for the work ahead. No diagnoses and no CPR numbers."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_internal = forms.BooleanField(
        label=_("Internal working note: the citizen does not see it on the page"), required=False
    )


class StepForm(forms.Form):
    """What comes next, and when."""

    text = forms.CharField(
        label=_("What is the next step?"),
        help_text=_("For example: Ring Anna about the visit at the nursery. Leave it empty when nothing is planned."),
        max_length=200,
        required=False,
    )
    due_on = DayField(label=_("When?"), required=False)


def _people(choices: tuple[Choice, ...]) -> list[tuple[str, str]]:
    return [
        ("", str(_("Choose a person"))),
        *((str(person.id), f"{person.name} · {person.note}") for person in choices),
    ]


class MemberForm(forms.Form):
    """Somebody joins the team around the citizen."""

    user = forms.ChoiceField(label=_("Who?"))
    role = forms.ChoiceField(label=_("As what?"), choices=MemberRole.choices, initial=MemberRole.BUDDY)
    until_on = DayField(label=_("Last day"), help_text=_("For a cover: the last day. Otherwise empty."), required=False)

    def __init__(self, *args: Any, people: tuple[Choice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["user"], _people(people))

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == MemberRole.LEAD and cleaned.get("until_on"):
            self.add_error("until_on", _("A contact person has no last day. Choose “Cover” for a time."))
        return cleaned


class HandoverForm(forms.Form):
    """A colleague becomes the contact person."""

    user = forms.ChoiceField(label=_("Who takes over?"))
    stays_as = forms.ChoiceField(
        label=_("The contact person until now"),
        choices=[
            ("", _("leaves the team around the citizen")),
            (MemberRole.BUDDY, _("stays as buddy")),
            (MemberRole.ADVISER, _("stays as adviser")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, people: tuple[Choice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["user"], _people(people))


class TransferForm(forms.Form):
    """Another team carries the citizen."""

    team = forms.ChoiceField(label=_("Which team?"))
    lead = forms.ChoiceField(
        label=_("Who is the contact person there?"),
        help_text=_("Leave it empty when the team will decide. The contact person until now stays until then."),
        required=False,
    )

    def __init__(self, *args: Any, teams: tuple[Choice, ...], people: tuple[Choice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self.fields["team"],
            [
                ("", str(_("Choose a team"))),
                *((str(team.id), f"{team.name} · {team.note}") for team in teams),
            ],
        )
        offer(self.fields["lead"], _people(people))


def step_initial(file: CitizenFile) -> dict[str, object]:
    """The next step as it stands."""
    return {"text": file.next_step, "due_on": file.next_step_on}
