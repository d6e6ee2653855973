"""Forms about a citizen's own details."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.cases.selectors import RegisterChoices
from jobbro.apps.citizens.contacts import Address, Meeting, Name
from jobbro.apps.citizens.enums import Channel, ConsentPurpose
from jobbro.apps.citizens.selectors import ContactCard
from jobbro.webkit.fields import CprField, DayField, offer


class MeetingForm(forms.Form):
    """How the citizen wants to be met."""

    channel = forms.ChoiceField(
        label=_("How is it best to reach you?"), choices=Channel.choices, widget=forms.RadioSelect
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), required=False, max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    interpreter = forms.CharField(
        label=_("Interpreter"),
        help_text=_("For example: Danish sign language, speech-to-text or Somali."),
        max_length=60,
        required=False,
    )
    companion = forms.CharField(
        label=_("Somebody who comes along"),
        help_text=_("For example: my sister Karen. She may come along to the talks."),
        max_length=120,
        required=False,
    )
    is_easy = forms.BooleanField(label=_("I would like text that is easy to read"), required=False)

    def meeting(self) -> Meeting:
        chosen = self.cleaned_data
        return Meeting(
            channel=Channel(chosen["channel"]),
            interpreter=chosen["interpreter"],
            companion=chosen["companion"],
            is_easy=chosen["is_easy"],
            phone=chosen["phone"],
            email=chosen["email"],
        )


class AddressForm(forms.Form):
    """Where the citizen lives."""

    address = forms.CharField(
        label=_("Address"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.RegexField(
        label=_("Postcode"),
        regex=r"^\d{4}$",
        required=False,
        error_messages={"invalid": _("A Danish postcode has four digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    city = forms.CharField(
        label=_("Town"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2"}),
    )

    def typed_address(self) -> Address:
        chosen = self.cleaned_data
        return Address(address=chosen["address"], postcode=chosen["postcode"], city=chosen["city"])


class NameForm(forms.Form):
    """What the citizen is called."""

    given_name = forms.CharField(
        label=_("Given name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    is_protected = forms.BooleanField(label=_("Name and address are protected"), required=False)

    def name(self) -> Name:
        chosen = self.cleaned_data
        return Name(
            given_name=chosen["given_name"],
            family_name=chosen["family_name"],
            is_protected=chosen["is_protected"],
        )


class ContactForm(MeetingForm, AddressForm, NameForm):
    """The contact page: only the fields that this person may see and change."""

    field_order = ["given_name", "family_name", "is_protected", *MeetingForm.base_fields, *AddressForm.base_fields]
    version = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, data: Any = None, *, card: ContactCard, is_own: bool) -> None:
        super().__init__(data, initial=_initial(card))
        self.card = card
        if card.address is None:
            for field in AddressForm.base_fields:
                del self.fields[field]
        if not card.can_change_name:
            for field in NameForm.base_fields:
                del self.fields[field]
        if not is_own:
            self.fields["channel"].label = _("How is it best to reach the citizen?")
            self.fields["is_easy"].label = _("Would like text that is easy to read")
            self.fields["companion"].help_text = _("For example: the sister Karen.")


class ProtectedAddressForm(AddressForm):
    """The address that was asked for, to be corrected."""

    version = forms.CharField(widget=forms.HiddenInput, max_length=40)


def _initial(card: ContactCard) -> dict[str, object]:
    fields: dict[str, object] = {"version": card.version, **vars(card.meeting), **vars(card.name)}
    return fields | (vars(card.address) if card.address else {})


def address_initial(card: ContactCard) -> dict[str, object]:
    """The address as it stands, with the mark of the version."""
    return {"version": card.version, **(vars(card.address) if card.address else {})}


class RegisterForm(MeetingForm, AddressForm, NameForm):
    """A citizen comes to the service."""

    cpr = CprField(label=_("CPR number"), help_text=_("With or without hyphen."))
    municipality = forms.ChoiceField(label=_("Municipality"))
    team = forms.ChoiceField(label=_("Team"))
    lead = forms.ChoiceField(label=_("Contact person"), required=False)
    field_order = [
        "cpr",
        "given_name",
        "family_name",
        "is_protected",
        "municipality",
        "team",
        "lead",
        *MeetingForm.base_fields,
        *AddressForm.base_fields,
    ]

    def __init__(self, *args: Any, choices: RegisterChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["municipality"], choices.municipalities)
        if len(choices.municipalities) == 1:
            self.fields["municipality"].initial = choices.municipalities[0][0]
            self.fields["municipality"].widget = forms.HiddenInput()
        offer(
            self.fields["team"],
            [
                ("", str(_("Choose a team"))),
                *((str(team.id), f"{team.name} · {team.note}") for team in choices.teams),
            ],
        )
        offer(
            self.fields["lead"],
            [
                ("", str(_("Nobody yet"))),
                *((str(person.id), f"{person.name} · {person.note}") for person in choices.people),
            ],
        )
        self.initial.setdefault("team", str(choices.own_team_id or ""))
        self.initial.setdefault("lead", str(choices.own_id or ""))
        self.initial.setdefault("channel", Channel.PHONE)
        self.fields["channel"].label = _("How is it best to reach the citizen?")
        self.fields["is_easy"].label = _("Would like text that is easy to read")
        self.fields["companion"].help_text = _("For example: the sister Karen.")


class ConsentForm(forms.Form):
    """What may be shared, and with whom."""

    # A compensation card has a page of its own, where the citizen sees what is shown.
    purpose = forms.ChoiceField(
        label=_("What may we share?"),
        choices=[(code, label) for code, label in ConsentPurpose.choices if code != ConsentPurpose.EMPLOYER_CARD],
        widget=forms.RadioSelect,
    )
    recipient = forms.CharField(
        label=_("With whom?"), help_text=_("For example: Grønne Hænder Ltd. or my sister Karen."), max_length=120
    )


class BenefitForm(forms.Form):
    """A benefit from a day on."""

    benefit = forms.CharField(label=_("Benefit"), max_length=60)
    from_on = DayField(label=_("From which day?"))


class BenefitEndForm(forms.Form):
    """The last day of the benefit that holds now."""

    until_on = DayField(label=_("Last day"))
