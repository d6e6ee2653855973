"""Forms about companies, and the filters of their list."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.enums import (
    ContactKind,
    Feature,
    NeedState,
    PartnerState,
    Promiser,
    PromiseState,
    Sector,
)
from jobbro.apps.employers.selectors import ALL, CURRENT, QUIET_WEEKS, CompanyFilters, CompanyList, Holder
from jobbro.apps.employers.services import (
    AgreementDraft,
    CompanyDraft,
    ContactDraft,
    NeedDraft,
    PromiseDraft,
    TalkDraft,
    WorkplaceDraft,
    YearlyTalkDraft,
)
from jobbro.engines.support.catalogue import catalogue
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.fields import DayField, offer, plain_number
from jobbro.webkit.halfdays import ManyField, slot_choices
from jobbro.webkit.schemes.values import language

from .words import MOVE_WORDS, REFUSALS

DAY_PROBLEM = _("Write a date such as 31.12.2027, or choose it in the calendar.")
NO_CITIZENS = _("Write nothing about citizens here.")
STATE_LABELS = {CURRENT: _("All that are open"), ALL: _("All, also closed"), **dict(PartnerState.choices)}
QUIET_LABELS = {
    4: _("More than 4 weeks"),
    13: _("More than 3 months"),
    26: _("More than half a year"),
    52: _("More than a year"),
}


# ---- Fields ----


class NumberField(forms.DecimalField):
    """A number as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": _("Write a number, for example 7.5.")})
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=6, decimal_places=2, localize=True, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


def line(label: Any, *, longest: int = 120, attrs: dict[str, str] | None = None, **kwargs: Any) -> forms.CharField:
    """A line of text."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.TextInput(attrs=attrs or {})
    return forms.CharField(label=label, max_length=longest, error_messages=messages, widget=widget, **kwargs)


def words(label: Any, *, rows: int = 4, **kwargs: Any) -> forms.CharField:
    """Room for words."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=10_000, error_messages=messages, widget=widget, **kwargs)


def day(label: Any, **kwargs: Any) -> DayField:
    """A day."""
    return DayField(label=label, error_messages={"invalid": DAY_PROBLEM}, **kwargs)


def one_of(label: Any, choices: Iterable[Any] = (), *, refusal: str, **kwargs: Any) -> forms.ChoiceField:
    """One of a few, as radio buttons."""
    messages = {"required": REFUSALS[refusal], "invalid_choice": REFUSALS[refusal]}
    return forms.ChoiceField(
        label=label, choices=list(choices), widget=forms.RadioSelect, error_messages=messages, **kwargs
    )


def phone(label: Any) -> forms.CharField:
    """A telephone number, or nothing."""
    return line(label, longest=20, attrs={"inputmode": "tel", "autocomplete": "off"}, required=False)


def seen_mark() -> forms.CharField:
    """The mark of what stood there when the form was made."""
    return forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


def workplace_choice(label: Any) -> forms.ChoiceField:
    """One of the company's workplaces, or the company as a whole."""
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": REFUSALS["workplace"]})


def offer_workplaces(form: forms.Form, workplaces: Iterable[Any]) -> None:
    """The company's own workplaces; a company without any is not asked."""
    places = [(str(place.pk), place.name) for place in workplaces]
    if places:
        offer(form.fields["workplace"], [("", gettext("The company as a whole")), *places])
    else:
        del form.fields["workplace"]


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None


# ---- The list ----


def filters_from(query: QueryDict) -> CompanyFilters:
    """The filters in the address; what cannot be understood counts as not chosen."""
    state, quiet, number = query.get("state", ""), query.get("quiet", ""), query.get("page", "")
    return CompanyFilters(
        text=query.get("text", "").replace("\x00", "")[:80],
        team_id=_team(query.get("team", "")),
        state=state if state in STATE_LABELS else CURRENT,
        quiet=int(quiet) if quiet in map(str, QUIET_WEEKS) else None,
        has_need=query.get("need") == "on",
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
    )


def _team(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class FilterForm(forms.Form):
    """What the list shows; sent by GET, so that a filter is a link."""

    use_required_attribute = False
    tells_optional = False
    text = forms.CharField(label=_("Name, trade, town or CVR number"), max_length=80, required=False)
    team = forms.ChoiceField(label=_("Team"), required=False)
    state = forms.ChoiceField(label=_("State"), choices=STATE_LABELS.items(), required=False)
    quiet = forms.ChoiceField(label=_("No contact for"), required=False)
    need = forms.BooleanField(label=_("Has an open need for hands"), required=False)

    def __init__(self, *, filters: CompanyFilters, listed: CompanyList) -> None:
        initial = {
            "text": filters.text,
            "team": str(filters.team_id or ""),
            "state": filters.state,
            "quiet": str(filters.quiet or ""),
            "need": filters.has_need,
        }
        super().__init__(initial=initial, auto_id="filter_%s")
        offer(self.fields["team"], [("", gettext("All teams")), *((str(pk), name) for pk, name in listed.teams)])
        offer(self.fields["quiet"], [("", gettext("Does not matter")), *QUIET_LABELS.items()])


# ---- The company ----


class CompanyForm(forms.Form):
    """What is written about a company."""

    name = line(_("What is the company called?"))
    sector = one_of(_("What kind of company is it?"), Sector.choices, refusal="sector", initial=Sector.PRIVATE)
    trade = line(_("Trade"), required=False, help_text=_("For example: bakery, nursery, haulier."))
    holder = forms.ChoiceField(
        label=_("Who is the company's one entrance?"),
        help_text=_("One broker and one team. The company rings them about everything."),
        error_messages={"required": REFUSALS["holder"], "invalid_choice": REFUSALS["holder"]},
    )
    phone = phone(_("Telephone"))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    website = forms.URLField(label=_("Website"), required=False, max_length=200, assume_scheme="https")
    seen = seen_mark()

    def __init__(self, *args: Any, holders: Iterable[Holder], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_team: dict[str, list[tuple[str, str]]] = {}
        for holder in holders:
            by_team.setdefault(holder.team, []).append((holder.key, f"{holder.broker} · {holder.team}"))
        offer(self.fields["holder"], [("", gettext("Choose a person")), *by_team.items()])

    @property
    def draft(self) -> CompanyDraft:
        """The company as written."""
        data = self.cleaned_data
        team_id, broker_id = data["holder"].split(":")
        return CompanyDraft(
            name=data["name"],
            sector=data["sector"],
            trade=data["trade"],
            phone=data["phone"],
            email=data["email"],
            website=data["website"],
            team_id=UUID(team_id),
            broker_id=UUID(broker_id),
        )


class NewCompanyForm(CompanyForm):
    """A company that is not a partner yet."""

    cvr = line(
        _("CVR number"),
        longest=20,
        attrs={"inputmode": "numeric", "autocomplete": "off"},
        help_text=_("Eight digits. You find it on virk.dk or on an invoice."),
    )
    municipality = forms.ChoiceField(
        label=_("Which municipality's partner is it?"), error_messages={"required": REFUSALS["municipality"]}
    )
    field_order = ("cvr", "name", "municipality", "sector", "trade", "holder", "phone", "email", "website")

    def __init__(self, *args: Any, municipalities: tuple[tuple[str, str], ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["seen"]
        self.only = municipalities[0][0] if len(municipalities) == 1 else ""
        if self.only:
            del self.fields["municipality"]
        else:
            offer(self.fields["municipality"], [("", gettext("Choose a municipality")), *municipalities])

    @property
    def municipality_code(self) -> str:
        """Whose partner the company becomes."""
        return self.only or str(self.cleaned_data["municipality"])


class StateForm(forms.Form):
    """Where the partnership stands from now on."""

    move = one_of(_("What has happened?"), refusal="end")
    note = line(_("A few words about it"), longest=200, required=False, help_text=_("For example until when it rests."))
    seen = seen_mark()

    def __init__(self, *args: Any, moves: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["move"], [(move, MOVE_WORDS[move]) for move in moves])


# ---- Workplaces ----


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


# ---- Contacts ----


class ContactForm(forms.Form):
    """Somebody at the company."""

    name = line(_("Name"), attrs={"autocomplete": "off"})
    title = line(_("Job title"), required=False)
    phone = phone(_("Telephone"))
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    workplace = workplace_choice(_("Workplace"))
    is_first = forms.BooleanField(label=_("This is whom we ring first"), required=False)
    sees_wages = forms.BooleanField(
        label=_("May see what an hour of each post costs"),
        help_text=_(
            "With a login the person then sees the hourly wages of the own company. Tick it only for somebody who knows"
            " them already, such as the manager or the payroll office."
        ),
        required=False,
    )
    seen = seen_mark()

    def __init__(self, *args: Any, workplaces: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workplaces(self, workplaces)

    @property
    def draft(self) -> ContactDraft:
        """The contact as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("seen", "workplace")}
        return ContactDraft(**data, workplace_id=_id(self.cleaned_data.get("workplace")))


class EndContactForm(forms.Form):
    """The last day of a contact."""

    when = forms.ChoiceField(
        label=_("When does it end?"),
        choices=[("now", _("At once")), ("day", _("On a day"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    until_on = day(_("Last day"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == "day" and not cleaned.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", _("Write the last day, or let it end at once."))
        return cleaned


# ---- What was said, promised and agreed ----


class TalkForm(forms.Form):
    """One entry of the dialogue log."""

    kind = one_of(_("How did you talk?"), ContactKind.choices, refusal="kind", initial=ContactKind.VISIT)
    held_on = day(_("Which day?"))
    workplace = workplace_choice(_("Where?"))
    text = words(_("What did you talk about?"), rows=6, help_text=NO_CITIZENS)
    is_shared = forms.BooleanField(
        label=_("The company can read it"),
        help_text=_("Take the tick away for a note for colleagues only."),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, workplaces: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workplaces(self, workplaces)

    @property
    def draft(self) -> TalkDraft:
        """The entry as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "workplace"}
        return TalkDraft(**data, workplace_id=_id(self.cleaned_data.get("workplace")))


class YearlyTalkForm(forms.Form):
    """What both said."""

    held_on = day(_("Which day did you talk?"))
    they_said = words(_("What did the company say?"), help_text=NO_CITIZENS)
    we_said = words(_("What did we say?"), help_text=NO_CITIZENS)
    agreed = words(_("What did we agree for the coming year?"), rows=3, required=False)

    @property
    def draft(self) -> YearlyTalkDraft:
        """The talk as written."""
        return YearlyTalkDraft(**self.cleaned_data)


class PromiseForm(forms.Form):
    """What one side promised the other."""

    by = one_of(_("Who promised it?"), Promiser.choices, refusal="by")
    text = line(_("What was promised?"), longest=200, help_text=NO_CITIZENS)
    promised_on = day(_("Promised on"))
    due_on = day(_("To be kept by"))

    @property
    def draft(self) -> PromiseDraft:
        """The promise as written."""
        return PromiseDraft(**self.cleaned_data)


class EndForm(forms.Form):
    """How something ended, and when."""

    state = one_of(_("How did it end?"), refusal="end")
    ended_on = day(_("Which day?"))


class EndPromiseForm(EndForm):
    """Kept, or dropped with a reason."""

    note = line(
        _("Why was it dropped?"),
        longest=200,
        required=False,
        help_text=_("Needed only when it was dropped. Both sides can read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [choice for choice in PromiseState.choices if choice[0] != PromiseState.OPEN]
        offer(self.fields["state"], ends)


class EndNeedForm(EndForm):
    """Met, or no longer there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["state"], [choice for choice in NeedState.choices if choice[0] != NeedState.OPEN])


class AgreementForm(forms.Form):
    """Something agreed for a period."""

    title = line(_("What is the agreement about?"))
    text = words(_("What does each side do?"), rows=6, help_text=NO_CITIZENS)
    agreed_with = line(_("Agreed with"), help_text=_("The name of the person at the company."))
    agreed_on = day(_("Agreed on"))
    from_on = day(_("Holds from"))
    until_on = day(_("Holds until"), required=False, help_text=_("Leave it empty when no end was set."))
    replaces = forms.ChoiceField(
        label=_("Does it take the place of an older agreement?"),
        help_text=_("The older one then ends the day before. It can still be read."),
        required=False,
        error_messages={"invalid_choice": REFUSALS["replaces"]},
    )

    def __init__(self, *args: Any, agreements: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(str(row.pk), row.title) for row in agreements]
        if standing:
            offer(self.fields["replaces"], [("", gettext("No, it is a new one")), *standing])
        else:
            del self.fields["replaces"]

    @property
    def draft(self) -> AgreementDraft:
        """The agreement as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "replaces"}
        return AgreementDraft(**data, replaces_id=_id(self.cleaned_data.get("replaces")))


class EndAgreementForm(forms.Form):
    """The last day of an agreement."""

    until_on = day(_("Last day"))


# ---- Needs ----


class NeedForm(forms.Form):
    """Hands that the company needs."""

    title = line(_("What do they need hands for?"), help_text=_("In the company's own words."))
    occupation = forms.ChoiceField(
        label=_("Which occupation is it closest to?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": REFUSALS["occupation"]},
    )
    workplace = workplace_choice(_("Where?"))
    places = forms.IntegerField(
        label=_("How many people?"),
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": REFUSALS["places"], "required": REFUSALS["places"]},
    )
    hours_min = NumberField(label=_("Fewest hours a week"), required=False)
    hours_max = NumberField(label=_("Most hours a week"), required=False)
    wanted_from = day(_("Wanted from"), required=False)
    note = words(_("More about it"), rows=3, required=False, help_text=NO_CITIZENS)

    def __init__(self, *args: Any, workplaces: Iterable[Any], occupations: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_workplaces(self, workplaces)
        near = list(occupations)
        if near:
            offer(self.fields["occupation"], [*near, ("", gettext("None of these"))])
        else:
            del self.fields["occupation"]

    @property
    def draft(self) -> NeedDraft:
        """The need as written."""
        data = self.cleaned_data
        return NeedDraft(
            title=data["title"],
            occupation=data.get("occupation", ""),
            places=data["places"],
            hours_min=_one_decimal(data["hours_min"]),
            hours_max=_one_decimal(data["hours_max"]),
            wanted_from=data["wanted_from"],
            note=data["note"],
            workplace_id=_id(data.get("workplace")),
        )


def _one_decimal(hours: Decimal | None) -> Decimal | None:
    return None if hours is None else hours.quantize(Decimal("0.1"))
