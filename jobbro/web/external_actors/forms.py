"""Forms of the cooperation with partners outside the municipality."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.numbers import InvalidNumber, read_cvr, read_phone
from jobbro.apps.external_actors.enums import ActorKind, EntryKind, Party, Result, Theme
from jobbro.apps.external_actors.services.engagements import EngagementDraft, EntryDraft
from jobbro.apps.external_actors.services.partners import AgreementDraft, PartnerDraft
from jobbro.apps.external_actors.services.people import PersonDraft
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer
from jobbro.webkit.halfdays import ManyField

from .words import REFUSALS

DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}


def _line(label: Any, **kwargs: Any) -> forms.CharField:
    told = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, max_length=120, error_messages=told, widget=widget, **kwargs)


def _words(label: Any, *, rows: int = 4, longest: int = 5000, **kwargs: Any) -> forms.CharField:
    told = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, error_messages=told, widget=widget, **kwargs)


def _day(label: Any, **kwargs: Any) -> DayField:
    return DayField(label=label, error_messages=DAY_ERRORS, **kwargs)


def _one_of(label: Any, choices: Iterable[Any] = (), *, refusal: str, **kwargs: Any) -> forms.ChoiceField:
    told = {"required": REFUSALS[refusal], "invalid_choice": REFUSALS[refusal]}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=told, **kwargs
    )


def _seen() -> forms.CharField:
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class CvrField(forms.CharField):
    """The number of an organisation, checked digit by digit."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_cvr(text)
        except InvalidNumber as invalid:
            raise forms.ValidationError(str(REFUSALS[f"cvr_{invalid.code}"]), code=invalid.code) from None


class PhoneField(forms.CharField):
    """A telephone number in Denmark or abroad, or nothing."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, required=False, error_messages={"max_length": REFUSALS["phone"]}, **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_phone(text) if text else ""
        except InvalidNumber:
            raise forms.ValidationError(str(REFUSALS["phone"]), code="phone") from None


def _email(label: Any, **kwargs: Any) -> forms.EmailField:
    told = dict.fromkeys(("invalid", "max_length", "required"), REFUSALS["email"])
    return forms.EmailField(label=label, max_length=254, error_messages=told, **kwargs)


class PartnerForm(forms.Form):
    """The organisation."""

    name = _line(_("Name"))
    kind = _one_of(_("What kind of partner is it?"), ActorKind.choices, refusal="kind")
    contact_name = _line(_("Whom do we talk with?"), required=False)
    phone = PhoneField(label=_("Telephone"))
    email = _email(_("E-mail"), required=False)
    note = _words(
        _("What else is good to know?"),
        help_text=_("Write nothing about citizens here, and nothing that the partner may not read."),
        rows=3,
        required=False,
    )

    @property
    def draft(self) -> PartnerDraft:
        """The organisation as written."""
        names = ("name", "kind", "contact_name", "phone", "email", "note")
        data = {name: self.cleaned_data[name] for name in names}
        return PartnerDraft(**data, until_on=self.cleaned_data.get("until_on"))


class NewPartnerForm(PartnerForm):
    """A new one begins with its number."""

    cvr = CvrField(
        label=_("CVR number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": REFUSALS["cvr_digits"]},
    )
    municipality = _one_of(_("Which municipality works with them?"), refusal="municipality")

    field_order = ("cvr", "municipality")

    def __init__(self, *args: Any, municipalities: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.only = municipalities[0][0] if len(municipalities) == 1 else ""
        if self.only:
            del self.fields["municipality"]
        else:
            offer(self.fields["municipality"], municipalities)

    @property
    def municipality_code(self) -> str:
        return self.only or str(self.cleaned_data["municipality"])


class ChangePartnerForm(PartnerForm):
    """The organisation as it is now, and the day the cooperation ends."""

    until_on = _day(
        _("Last day of the cooperation"),
        required=False,
        help_text=_("With this day every login of theirs opens nothing any more. Leave it empty while you go on."),
    )
    seen = _seen()


class AgreementForm(forms.Form):
    """What was agreed."""

    themes = ManyField(label=_("What is the cooperation about?"), choices=Theme.choices)
    purpose = _words(_("What is the purpose?"), help_text=_("In plain words. Their people read it too."))
    from_on = _day(_("First day"))
    until_on = _day(_("Last day"))
    data_agreement_on = _day(
        _("Data processing agreement signed on"),
        required=False,
        help_text=_("Without it nothing about a citizen can be shared with them. Leave it empty if there is none."),
    )

    @property
    def draft(self) -> AgreementDraft:
        """The agreement as written."""
        return AgreementDraft(**{**self.cleaned_data, "themes": tuple(self.cleaned_data["themes"])})


class PersonForm(forms.Form):
    """Somebody at the partner, with a login that has a last day."""

    name = _line(_("Name"))
    title = _line(_("Job title"), required=False)
    email = _email(_("E-mail"))
    phone = PhoneField(label=_("Telephone"))
    until_on = _day(_("Last day of access"), help_text=_("At most one year ahead. It can be given again."))

    @property
    def draft(self) -> PersonDraft:
        """The person as written."""
        return PersonDraft(**self.cleaned_data)


class EndPersonForm(forms.Form):
    """When somebody's access ends."""

    when = _one_of(
        _("When does the access end?"),
        [("now", _("At once")), ("day", _("On a day"))],
        refusal="words",
        initial="now",
    )
    until_on = _day(_("Last day of access"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == "day" and not cleaned.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", _("Write the last day, or let it end at once."))
        return cleaned

    @property
    def last_day(self) -> date | None:
        day: date | None = self.cleaned_data.get("until_on")
        return day if self.cleaned_data["when"] == "day" else None


class PeopleForm(forms.Form):
    """Who of the partner's people reads it."""

    people = ManyField(label=_("Who of them works with the citizen?"), error_messages={"required": REFUSALS["people"]})

    def __init__(self, *args: Any, people: Iterable[tuple[UUID, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["people"], [(str(pk), name) for pk, name in people])

    @property
    def ids(self) -> tuple[UUID, ...]:
        return tuple(UUID(one) for one in self.cleaned_data["people"])


class EngagementForm(PeopleForm):
    """What the partner is asked to do, and exactly what they are told."""

    theme = _one_of(_("What is it about?"), refusal="theme")
    goal = _words(
        _("What is the goal?"),
        rows=2,
        longest=1000,
        help_text=_("In plain words, so that all three can see if it was reached."),
    )
    shown_name = _line(
        _("Which name do they read?"), help_text=_("As agreed with the citizen. A first name is enough.")
    )
    told = _words(
        _("What are they told?"),
        longest=3000,
        help_text=_(
            "Only what they need for the goal: what works well, what helps, how to meet the person. Never what is wrong"
            " with anybody. The citizen reads exactly these words and says yes or no."
        ),
    )
    from_on = _day(_("First day"))
    until_on = _day(_("Last day"), help_text=_("After this day they read nothing. At most one year."))

    field_order = ("theme", "goal", "shown_name", "told", "people", "from_on", "until_on")

    def __init__(self, *args: Any, themes: Iterable[Theme], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["theme"], [(theme.value, theme.label) for theme in themes])

    def draft(self, *, external_actor_id: UUID) -> EngagementDraft:
        """The engagement as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "people"}
        return EngagementDraft(external_actor_id=external_actor_id, person_ids=self.ids, **data)


class AnswerForm(forms.Form):
    """Yes or no to what the partner is told."""

    tells_optional = False
    answer = _one_of(_("Is it all right?"), refusal="words")
    on_behalf = _words(
        _("How did the citizen say yes?"),
        rows=2,
        longest=2000,
        required=False,
        help_text=_(
            "For example: at the meeting on Tuesday, after we had read the text aloud. The citizen can read it."
        ),
    )
    seen = _seen()

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["on_behalf"]
            offer(self.fields["answer"], [("yes", _("Yes, they may read this")), ("no", _("No, thank you"))])
        else:
            offer(
                self.fields["answer"],
                [("yes", _("The citizen has said yes")), ("no", _("It comes to nothing"))],
            )


class EntryForm(forms.Form):
    """What was done, or how it went."""

    tells_optional = False
    kind = _one_of(_("What do you write?"), EntryKind.choices, refusal="result", initial=EntryKind.DONE)
    done_on = _day(_("Which day?"))
    text = _words(_("Tell it in plain words"), help_text=_("The citizen, the municipality and the partner read it."))
    result = _one_of(
        _("How far was the goal reached?"),
        [("", _("We are not there yet")), *Result.choices],
        refusal="result",
        required=False,
    )
    party = _one_of(_("Whose words are they?"), refusal="words", required=False)

    def __init__(self, *args: Any, is_staff: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_staff:
            offer(self.fields["party"], Party.choices)
            self.fields["party"].initial = Party.MUNICIPALITY
        else:
            del self.fields["party"]

    @property
    def draft(self) -> EntryDraft:
        """The entry as written."""
        data = self.cleaned_data
        return EntryDraft(
            kind=data["kind"],
            done_on=data["done_on"],
            text=data["text"],
            result=data["result"],
            party=data.get("party", ""),
        )


class EndForm(forms.Form):
    """How the work together ended."""

    result = _one_of(_("How far was the goal reached?"), Result.choices, refusal="result")
    words = _words(
        _("What came of it?"), rows=3, longest=2000, help_text=_("The citizen reads it. Use the words of both sides.")
    )
    seen = _seen()
