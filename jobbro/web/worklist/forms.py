"""Filters of the worklist: in the address, and with a name."""

from typing import TypeVar
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from jobbro.apps.worklist.enums import Due, Sort, WaitsOn
from jobbro.apps.worklist.kinds import BY_CODE, KINDS
from jobbro.apps.worklist.selectors import ALL, MINE, WorklistFilters, WorklistPage
from jobbro.webkit.fields import offer

Code = TypeVar("Code", bound=TextChoices)
# What may stand in the address of the list and in a saved filter; the page number does not.
KEPT = ("who", "team", "unit", "need", "waits", "due", "sort", "size")


def filters_from(query: QueryDict) -> WorklistFilters:
    """The filters in the address; what cannot be understood counts as not chosen."""
    who = query.get("who", "")
    return WorklistFilters(
        who=who if who in (MINE, ALL) or _id(who) else "",
        team_id=_id(query.get("team", "")),
        unit_id=_id(query.get("unit", "")),
        needs=tuple(code for code in dict.fromkeys(query.getlist("need")) if code in BY_CODE),
        waits_on=_one_of(WaitsOn, query.get("waits", "")),
        due=_one_of(Due, query.get("due", "")),
        sort=_one_of(Sort, query.get("sort", "")) or Sort.DUE,
        size=100 if query.get("size") == "100" else 25,
        number=_number(query.get("page", "")),
    )


def kept_query(query: QueryDict) -> str:
    """The filters of an address in a fixed order, without the page: what a saved filter holds and a link carries."""
    kept = QueryDict(mutable=True)
    filters = filters_from(query)
    values: dict[str, list[str]] = {
        "who": [filters.who],
        "team": [str(filters.team_id or "")],
        "unit": [str(filters.unit_id or "")],
        "need": list(filters.needs),
        "waits": [filters.waits_on or ""],
        "due": [filters.due or ""],
        "sort": [filters.sort if filters.sort != Sort.DUE else ""],
        "size": ["100" if filters.size == 100 else ""],
    }
    for name in KEPT:
        kept.setlist(name, [value for value in values[name] if value])
    return kept.urlencode()


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _one_of(kind: type[Code], text: str) -> Code | None:
    return next((code for code in kind if code == text), None)


def _number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


class FilterForm(forms.Form):
    """What the worklist shows; sent by GET, so that a filter is a link."""

    use_required_attribute = False
    who = forms.ChoiceField(label=_("Whose"))
    team = forms.ChoiceField(label=_("Team"))
    waits = forms.ChoiceField(label=_("Waits for"), choices=[("", _("Anybody")), *WaitsOn.choices])
    need = forms.ChoiceField(label=_("What needs doing"))
    due = forms.ChoiceField(label=_("When"), choices=[("", _("Any time")), *Due.choices])
    sort = forms.ChoiceField(label=_("Sorted by"), choices=Sort.choices)

    def __init__(self, *, filters: WorklistFilters, shown: WorklistPage, actor_id: UUID) -> None:
        initial = {
            "who": shown.who,
            "team": str(filters.team_id or ""),
            "waits": filters.waits_on or "",
            "need": filters.needs[0] if filters.needs else "",
            "due": filters.due or "",
            "sort": filters.sort,
        }
        super().__init__(initial=initial, auto_id="filter_%s")
        colleagues = [(str(person.id), person.name) for person in shown.colleagues if person.id != actor_id]
        offer(
            self.fields["who"],
            [(MINE, _("Mine")), (ALL, _("Everybody I work for")), (_("Colleagues"), colleagues)],
        )
        offer(self.fields["team"], [("", _("All teams")), *((str(team.id), team.name) for team in shown.teams)])
        offer(self.fields["need"], [("", _("Everything")), *((kind.code, kind.label) for kind in KINDS)])


class SaveForm(forms.Form):
    """A name for the filter that is shown."""

    name = forms.CharField(label=_("Name of the filter"), max_length=60)
    is_default = forms.BooleanField(label=_("Begin with this filter"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)

    def clean_query(self) -> str:
        return kept_query(QueryDict(self.cleaned_data["query"]))[:500]
