"""Forms of companies: the filters of the list, the company itself, and where the partnership stands."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.enums import (
    PartnerState,
    Sector,
)
from jobbro.apps.employers.selectors import ALL, CURRENT, QUIET_WEEKS, CompanyFilters, CompanyList, Holder
from jobbro.apps.employers.services import (
    CompanyDraft,
)
from jobbro.webkit.fields import offer

from .form_parts import CvrField, email, line, one_of, phone, seen_mark, website
from .words import MOVE_WORDS, REFUSALS

STATE_LABELS = {CURRENT: _("All that are open"), ALL: _("All, also closed"), **dict(PartnerState.choices)}
QUIET_LABELS = {
    4: _("More than 4 weeks"),
    13: _("More than 3 months"),
    26: _("More than half a year"),
    52: _("More than a year"),
}


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
    email = email(_("E-mail"))
    website = website(_("Website"))
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

    cvr = CvrField(
        label=_("CVR number"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Eight digits. You find it on virk.dk or on an invoice."),
        error_messages=dict.fromkeys(("required", "max_length"), REFUSALS["cvr_digits"]),
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
