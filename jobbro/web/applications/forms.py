"""Forms of applications, documents, posts and claims."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from jobbro.apps.applications.drafting import LONGEST, FilledField, as_text
from jobbro.apps.applications.enums import (
    Channel,
    DeadlineUnit,
    DocumentState,
    EmployerKind,
    NegotiationWay,
    Outcome,
    Route,
)
from jobbro.apps.applications.selectors import DocumentShown
from jobbro.apps.applications.services import (
    DecisionDraft,
    DocumentDraft,
    MoveDetails,
    NegotiationDraft,
    OwnDeadlineDraft,
    VacancyDraft,
)
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer, plain_number

from .words import REFUSALS, said

RECEIPT = "receipt"


class HoursField(forms.DecimalField):
    """A number with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("min_value", 0)
        kwargs.setdefault("max_digits", 9)
        kwargs.setdefault("decimal_places", 2)
        kwargs.setdefault("error_messages", {"invalid": _("Write a number, for example 7.5.")})
        super().__init__(localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """Both separators mean the same; nobody writes thousands of hours a week."""
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def words_area(*, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Room for words."""
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=LONGEST["long_text"],
        error_messages={"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]},
        **kwargs,
    )


class SeenForm(forms.Form):
    """A press of a button about something that was read."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class DraftForm(forms.Form):
    """The fields of a scheme. It may be saved half written, so nothing is required here."""

    tells_optional = False

    def __init__(self, *args: Any, fields: Iterable[FilledField], seen: str, **kwargs: Any) -> None:
        self.filled = tuple(fields)
        super().__init__(*args, **kwargs)
        for filled in self.filled:
            self.fields[filled.field.code] = _draft_field(filled)
        self.fields["seen"] = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=seen)

    @property
    def values(self) -> dict[str, str]:
        """What was written, as text by field."""
        data = self.cleaned_data
        found = {filled.field.code: data.get(filled.field.code) for filled in self.filled}
        return {code: as_text(value) for code, value in found.items() if value not in (None, "")}


def _draft_field(filled: FilledField) -> forms.Field:
    field = filled.field
    label = said(field.label) if field.required else f"{said(field.label)} {_('(optional)')}"
    shared: dict[str, Any] = {
        "label": label,
        "help_text": said(field.hint) if field.hint else "",
        "required": False,
        "initial": _initial(filled),
    }
    if field.kind == "long_text":
        return words_area(**shared)
    if field.kind == "number":
        return HoursField(max_value=1_000_000, **shared)
    if field.kind == "date":
        return DayField(error_messages={"invalid": DAY_PROBLEM}, **shared)
    if field.kind == "choice":
        chosen = forms.ChoiceField(widget=forms.RadioSelect, **shared)
        offer(chosen, [(choice.code, said(choice.text)) for choice in field.choices])
        return chosen
    return forms.CharField(max_length=LONGEST["text"], error_messages={"max_length": REFUSALS["too_long"]}, **shared)


def _initial(filled: FilledField) -> Any:
    if filled.value and filled.field.kind == "number":
        return Decimal(filled.value)
    if filled.value and filled.field.kind == "date":
        return date.fromisoformat(filled.value)
    return filled.value


class MoveForm(forms.Form):
    """What a move asks besides its name; each move has some of the fields."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How is it sent?"), choices=Channel.choices, widget=forms.RadioSelect)
    words = words_area(label=_("What is asked for?"))
    on = DayField(label=_("Which day did it happen?"))
    by = DayField(label=_("By which day?"), required=False)

    ASKED: dict[str, tuple[str, ...]] = {
        "send": ("channel", "on"),
        "acknowledge": ("on", "by"),
        "ask_more": ("words", "by"),
        "postpone": ("on", "by"),
        "complain": ("on",),
        "forward": ("on",),
        "withdraw": ("on",),
    }
    LABELS: dict[tuple[str, str], Any] = {
        ("send", "on"): _("Which day is it sent?"),
        ("acknowledge", "on"): _("Which day was it received?"),
        ("acknowledge", "by"): _("By which day will it be decided?"),
        ("ask_more", "by"): _("By which day shall the citizen answer?"),
        ("postpone", "on"): _("Which day was the citizen told in writing?"),
        ("postpone", "by"): _("The new day"),
        ("complain", "on"): _("Which day was the complaint sent?"),
        ("forward", "on"): _("Which day was it sent on?"),
        ("withdraw", "on"): _("Which day was it taken back?"),
    }

    def __init__(self, *args: Any, move: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = self.ASKED.get(move, ())
        for name in [name for name in self.fields if name != "seen" and name not in asked]:
            del self.fields[name]
        for name in asked:
            self.fields[name].label = self.LABELS.get((move, name), self.fields[name].label)
        if move == "acknowledge":
            self.fields["by"].help_text = _(
                "Leave it empty to use the municipality's own deadline when it is known here."
            )
        if move == "postpone":
            self.fields["by"].required = True

    @property
    def details(self) -> MoveDetails:
        """What was told."""
        data = self.cleaned_data
        return MoveDetails(
            on=data.get("on"), by=data.get("by"), words=data.get("words", ""), channel=data.get("channel", "")
        )


class DecisionForm(forms.Form):
    """What was decided."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("What was decided?"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.WITHDRAWN],
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["outcome"], "invalid_choice": REFUSALS["outcome"]},
    )
    decided_on = DayField(label=_("Which day was it decided?"))
    received_on = DayField(
        label=_("Which day did the citizen get the decision?"),
        help_text=_("The weeks of complaint are counted from here. Digital Post is received the same day."),
        error_messages={"invalid": DAY_PROBLEM},
    )
    reference = forms.CharField(
        label=_("File number of the decision"),
        max_length=60,
        required=False,
        error_messages={"max_length": REFUSALS["too_long_reference"]},
    )
    from_on = DayField(label=_("Granted from"), required=False)
    until_on = DayField(
        label=_("Granted until"),
        help_text=_("Leave it empty when no end was set."),
        required=False,
        error_messages={"invalid": DAY_PROBLEM},
    )
    hours_week = HoursField(label=_("Hours of help a week"), required=False)
    working_hours_week = HoursField(label=_("Working hours a week"), required=False)
    is_above_limit = forms.BooleanField(
        label=_("The decision says that more than 20 of 37 hours are granted"), required=False
    )
    rate = HoursField(label=_("Rate in kroner an hour"), required=False)

    def __init__(self, *args: Any, has_hours: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_hours:
            for name in ("hours_week", "working_hours_week", "is_above_limit", "rate"):
                del self.fields[name]

    @property
    def draft(self) -> DecisionDraft:
        """The decision as it was recorded."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        return DecisionDraft(**data)


class DocumentsForm(forms.Form):
    """Where each document stands, and one more."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, documents: Iterable[DocumentShown], may_add: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.documents = tuple(documents)
        for document in self.documents:
            state = forms.ChoiceField(label=_("Where is it?"), choices=DocumentState.choices, initial=document.state)
            reference = forms.CharField(
                label=_("Reference (file number or date)"),
                max_length=60,
                required=False,
                initial=document.reference,
                error_messages={"max_length": REFUSALS["too_long_reference"]},
            )
            self.fields[f"state-{document.id}"] = state
            self.fields[f"reference-{document.id}"] = reference
        if may_add:
            self.fields["add"] = forms.CharField(
                label=_("Ask for one more document"),
                help_text=_("What it is called, never what somebody suffers from."),
                max_length=200,
                required=False,
            )

    @property
    def drafts(self) -> list[DocumentDraft]:
        """Where each document stands, as it was told."""
        data = self.cleaned_data
        return [
            DocumentDraft(
                document_id=document.id,
                state=data[f"state-{document.id}"],
                reference=data[f"reference-{document.id}"],
            )
            for document in self.documents
        ]


class VacancyForm(forms.Form):
    """A post to follow."""

    title = forms.CharField(
        label=_("What is the post called?"),
        max_length=120,
        error_messages={"required": REFUSALS["title"], "max_length": REFUSALS["title"]},
    )
    employer = forms.CharField(
        label=_("Which workplace?"),
        max_length=120,
        error_messages={"required": REFUSALS["employer"], "max_length": REFUSALS["employer"]},
    )
    employer_kind = forms.ChoiceField(
        label=_("What kind of employer is it?"),
        choices=EmployerKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["employer_kind"], "invalid_choice": REFUSALS["employer_kind"]},
    )
    route = forms.ChoiceField(
        label=_("How is it applied for?"),
        choices=Route.choices,
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["route"], "invalid_choice": REFUSALS["route"]},
    )
    is_own_service = forms.BooleanField(
        label=_("It is a post in the home municipality's own employment service"),
        help_text=_("Then a neighbouring municipality negotiates."),
        required=False,
    )
    on = DayField(label=_("Which day was it applied for?"))

    @property
    def draft(self) -> VacancyDraft:
        """The post as noted."""
        return VacancyDraft(**self.cleaned_data)


class DayForm(forms.Form):
    """The day of a step."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    on = DayField(label=_("Which day did it happen?"))


class NegotiationForm(forms.Form):
    """Minutes of a negotiation."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    held_on = DayField(label=_("Which day did you negotiate?"))
    way = forms.ChoiceField(
        label=_("How did you negotiate?"),
        choices=[*NegotiationWay.choices, (RECEIPT, _("The employer only confirmed that the letter was received"))],
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["way"], "invalid_choice": REFUSALS["way"]},
    )
    participants = words_area(
        rows=3, label=_("Who took part?"), help_text=_("A line each, with the place they come from.")
    )
    employer_said = words_area(label=_("What did the employer say?"), help_text=_("The citizen can read it."))
    municipality_said = words_area(label=_("What did the municipality say?"), help_text=_("The citizen can read it."))

    @property
    def draft(self) -> NegotiationDraft:
        """The minutes as written."""
        data = self.cleaned_data
        return NegotiationDraft(
            held_on=data["held_on"],
            way=data["way"],
            participants=data["participants"].splitlines(),
            employer_said=data["employer_said"],
            municipality_said=data["municipality_said"],
        )


class HoursForm(forms.Form):
    """The hours of a quarter."""

    hours_used = HoursField(label=_("How many hours were used?"), error_messages={"required": REFUSALS["hours_number"]})


class ClaimMoveForm(forms.Form):
    """The day of a step of a claim."""

    on = DayField(label=_("Which day did it happen?"))
    reference = forms.CharField(
        label=_("File number of the payment"),
        max_length=60,
        required=False,
        error_messages={"max_length": REFUSALS["too_long_reference"]},
    )


class CountField(forms.IntegerField):
    """A whole number as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric"}), **kwargs)

    def to_python(self, value: Any) -> Any:
        """“1.000” is a thousand and “6,0” is six."""
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class OwnDeadlineForm(forms.Form):
    """How long the municipality may take, from when, and where it says so."""

    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    value = CountField(
        label=_("How long, at most?"),
        min_value=1,
        max_value=730,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), REFUSALS["value"]),
    )
    unit = forms.ChoiceField(
        label=_("Counted in"),
        choices=DeadlineUnit.choices,
        widget=forms.RadioSelect,
        error_messages={"required": REFUSALS["unit"], "invalid_choice": REFUSALS["unit"]},
    )
    from_on = DayField(
        label=_("From which day?"),
        help_text=_(
            "It counts for applications that are received from this day on. Write the day of an earlier one to put"
            " that one right; what it said stays to be read."
        ),
        error_messages={"invalid": DAY_PROBLEM},
    )
    until_on = DayField(
        label=_("Last day"),
        help_text=_("Leave it empty when no end is set. After the last day there is no deadline of your own."),
        required=False,
        error_messages={"invalid": DAY_PROBLEM},
    )
    source = forms.CharField(
        label=_("Where is it decided or published?"),
        help_text=_("For example: The municipality's page about deadlines, or the council's meeting of a day."),
        max_length=200,
        error_messages={"required": REFUSALS["source"], "max_length": REFUSALS["source"]},
    )
    url = forms.CharField(
        label=_("Link"),
        help_text=_("Begins with https://"),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
        error_messages={"max_length": REFUSALS["url"]},
    )

    def clean_url(self) -> str:
        """An address that a browser can open; a page of the web needs no more."""
        url = str(self.cleaned_data["url"])
        if url and not _is_web_address(url):
            raise forms.ValidationError(REFUSALS["url"])
        return url

    @property
    def draft(self) -> OwnDeadlineDraft:
        """The deadline as typed."""
        return OwnDeadlineDraft(**{name: value for name, value in self.cleaned_data.items() if name != "seen"})


def _is_web_address(text: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(text)
    except forms.ValidationError:
        return False
    return True
