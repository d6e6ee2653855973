"""Forms of the key persons slice."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.key_persons.enums import AdviserKind, Model
from jobbro.apps.key_persons.selectors.knowledge import EntryPage, EntryStart, KnowledgeSearch
from jobbro.apps.key_persons.selectors.questions import AskingPlace, AskPage
from jobbro.apps.key_persons.selectors.register import AdviserSheet, Naming
from jobbro.apps.key_persons.services.knowledge import EntryDraft
from jobbro.apps.key_persons.services.questions import Along, Invited, QuestionDraft
from jobbro.apps.key_persons.services.register import AdviserDraft
from jobbro.apps.key_persons.wording import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE
from jobbro.kernel.vocabulary import GROUPS, SCHEMES
from jobbro.webkit.fields import DayField, offer, plain_number
from jobbro.webkit.labels import GROUP_LABELS

from .words import REFUSALS, item_told, scheme_choices

NO_PERSON = _("Write nothing about who the citizen is: no name, no CPR number, no address, no employer.")
INVITED_DAYS = timedelta(days=14)
USUAL_CHECK = timedelta(days=365)


def words(label: Any, *, rows: int = 5, longest: int = LONGEST_TEXT, **kwargs: Any) -> forms.CharField:
    """Room for words."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=longest, error_messages=messages, widget=widget, **kwargs)


def line(label: Any, *, longest: int = LONGEST_LINE, **kwargs: Any) -> forms.CharField:
    """A line of text."""
    messages = {"max_length": REFUSALS["too_long"], "required": REFUSALS["words"]}
    return forms.CharField(label=label, max_length=longest, error_messages=messages, **kwargs)


def day(label: Any, **kwargs: Any) -> DayField:
    """A day."""
    return DayField(label=label, **kwargs)


def some_of(label: Any, **kwargs: Any) -> forms.MultipleChoiceField:
    """Several of a list, as checkboxes."""
    messages = {"invalid_choice": REFUSALS["subjects"], "invalid_list": REFUSALS["subjects"]}
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=label, required=False, widget=widget, error_messages=messages, **kwargs)


def group_choices() -> list[tuple[str, Any]]:
    """The groups of function areas."""
    return [(code, GROUP_LABELS[code]) for code in GROUPS]


class AskForm(forms.Form):
    """A question, what goes along with it, and whom to let into the team around the citizen if anybody."""

    tells_optional = False
    text = words(_("What do you want to know?"), rows=6, help_text=NO_PERSON)
    scheme = forms.ChoiceField(
        label=_("Which scheme is it about?"),
        required=False,
        error_messages={"invalid_choice": REFUSALS["subjects"]},
    )
    place = forms.ChoiceField(label=_("Where do you ask from?"), error_messages={"invalid_choice": REFUSALS["place"]})
    context = some_of(
        _("What goes along"),
        help_text=_("This comes from the page you were on. Take a tick away, and it does not go along."),
    )
    invited = forms.ChoiceField(
        label=_("Let a key person into the team around the citizen?"),
        required=False,
        help_text=_("Only when the question cannot be answered without the case. The citizen can see it."),
        error_messages={"invalid_choice": REFUSALS["invited"]},
    )
    invited_until = day(_("Until which day?"), required=False)
    came_from = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, ask: AskPage, along: Along, came_from: str, on: date) -> None:
        initial = {
            "context": [item.key for item in along.items],
            "came_from": came_from,
            "invited_until": on + INVITED_DAYS,
            "place": ask.places[0].key if ask.places else "",
        }
        super().__init__(data, initial=initial)
        self.ask, self.along = ask, along
        offer(self.fields["scheme"], [("", gettext("None, or I do not know")), *scheme_choices()])
        offer(self.fields["place"], [(place.key, place.name) for place in ask.places])
        if len(ask.places) == 1:
            self.fields["place"].widget = forms.HiddenInput()
        if along.items:
            offer(self.fields["context"], [(item.key, item_told(item)) for item in along.items])
        else:
            del self.fields["context"]
        if along.citizen_id is None:
            del self.fields["invited"], self.fields["invited_until"]
        else:
            offer(self.fields["invited"], [("", gettext("No, nobody")), *_people(ask.places)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("invited") and not data.get("invited_until"):
            self.add_error("invited_until", str(REFUSALS["until"]))
        return data

    @property
    def asked_from(self) -> AskingPlace:
        """Where the question comes from."""
        chosen = self.cleaned_data.get("place") if self.is_bound else ""
        return next((place for place in self.ask.places if place.key == chosen), self.ask.places[0])

    @property
    def draft(self) -> QuestionDraft:
        """The question as written."""
        data, kept = self.cleaned_data, set(self.cleaned_data.get("context", ()))
        invited = data.get("invited")
        return QuestionDraft(
            text=data["text"],
            unit_id=self.asked_from.unit_id,
            team_id=self.asked_from.team_id,
            context=[item for item in self.along.items if item.key in kept],
            schemes=[data["scheme"]] if data.get("scheme") else [],
            invited=Invited(user_id=UUID(invited), until_on=data["invited_until"]) if invited else None,
        )


class WordsForm(forms.Form):
    """An answer, or a question further."""

    text = words(_("Your words"), rows=6, help_text=NO_PERSON)

    def __init__(self, data: QueryDict | None = None, *, label: Any, prefix: str | None = None) -> None:
        super().__init__(data, prefix=prefix)
        self.fields["text"].label = label


class ModelForm(forms.Form):
    """How the unit gives advice."""

    model = forms.ChoiceField(
        label=_("How is it organised here?"),
        choices=Model.choices,
        widget=forms.RadioSelect,
    )
    answer_days = forms.IntegerField(
        label=_("Within how many working days do you answer?"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": REFUSALS["days"], "required": REFUSALS["days"]},
    )


class HoursField(forms.DecimalField):
    """A number of hours as people write it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "error_messages", dict.fromkeys(("invalid", "max_digits", "max_whole_digits"), REFUSALS["hours"])
        )
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(max_digits=4, decimal_places=1, localize=True, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) and value.strip() else value)


class AdviserForm(forms.Form):
    """What somebody can be asked about, and when."""

    schemes = some_of(_("Schemes"))
    groups = some_of(_("Function areas"))
    own_words = line(_("In own words"), required=False, help_text=_("For example “aids for people who hear badly”."))
    hours_week = HoursField(label=_("Hours a week for it"), required=False)
    reach = line(
        _("When and how to be reached"), required=False, help_text=_("For example “Tuesday and Thursday before noon”.")
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, sheet: AdviserSheet | None = None) -> None:
        row = sheet.row if sheet else None
        names = ("schemes", "groups", "own_words", "hours_week", "reach")
        initial = {name: getattr(row, name) for name in names} if row else {}
        super().__init__(data, initial={**initial, "seen": sheet.seen if sheet else ""})
        offer(self.fields["schemes"], scheme_choices())
        offer(self.fields["groups"], group_choices())

    @property
    def draft(self) -> AdviserDraft:
        """What was written."""
        data = self.cleaned_data
        hours: Decimal | None = data["hours_week"]
        return AdviserDraft(
            schemes=data["schemes"],
            groups=data["groups"],
            own_words=data["own_words"],
            hours_week=hours,
            reach=data["reach"],
        )


class NameForm(AdviserForm):
    """Who stands in the register, as what, and in which team."""

    user = forms.ChoiceField(label=_("Who?"), error_messages={"invalid_choice": REFUSALS["person"]})
    kind = forms.ChoiceField(label=_("As what?"), widget=forms.RadioSelect, choices=AdviserKind.choices)
    team = forms.ChoiceField(
        label=_("In which team?"),
        required=False,
        help_text=_("Only for a resource person."),
        error_messages={"invalid_choice": REFUSALS["team"]},
    )
    field_order = ("user", "kind", "team")

    def __init__(self, data: QueryDict | None, *, naming: Naming) -> None:
        super().__init__(data)
        offer(self.fields["user"], [(str(user_id), name) for user_id, name in naming.people])
        offer(self.fields["team"], [("", gettext("No team")), *((str(team.pk), team.name) for team in naming.teams)])
        if naming.is_own:
            offer(self.fields["kind"], [(AdviserKind.KEY_PERSON, AdviserKind.KEY_PERSON.label)])
            del self.fields["team"]


class AwayForm(forms.Form):
    """When somebody is away, and who answers meanwhile."""

    from_on = day(_("First day away"))
    until_on = day(_("Last day away"))
    cover = forms.ChoiceField(
        label=_("Who answers meanwhile?"), required=False, error_messages={"invalid_choice": REFUSALS["cover"]}
    )

    def __init__(self, data: QueryDict | None, *, sheet: AdviserSheet, on: date) -> None:
        super().__init__(data, initial={"from_on": on})
        offer(
            self.fields["cover"],
            [("", gettext("The others in the unit")), *((str(pk), name) for pk, name in sheet.covers)],
        )

    @property
    def cover_id(self) -> UUID | None:
        """The row of whoever covers."""
        chosen = self.cleaned_data["cover"]
        return UUID(chosen) if chosen else None


class SearchForm(forms.Form):
    """What is looked for in the knowledge; sent by GET, so that a search is a link."""

    use_required_attribute = False
    tells_optional = False
    q = forms.CharField(
        label=_("Look for"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    scheme = forms.ChoiceField(label=_("Scheme"), required=False)
    group = forms.ChoiceField(label=_("Function areas"), required=False)

    def __init__(self, *, search: KnowledgeSearch) -> None:
        initial = {"q": search.words, "scheme": search.scheme, "group": search.group}
        super().__init__(initial=initial, auto_id="filter_%s")
        offer(self.fields["scheme"], [("", gettext("All schemes")), *scheme_choices()])
        offer(self.fields["group"], [("", gettext("All areas")), *group_choices()])


def search_from(query: QueryDict) -> KnowledgeSearch:
    """The search in the address; what cannot be understood counts as not chosen."""
    number = query.get("page", "")
    return KnowledgeSearch(
        words=query.get("q", "").replace("\0", "")[:200].strip(),
        scheme=_known(query.get("scheme", ""), SCHEMES),
        group=_known(query.get("group", ""), GROUPS),
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 1,
    )


class EntryForm(forms.Form):
    """A question and its answer without anybody in them."""

    title = line(
        _("The question, so that colleagues find it"), longest=LONGEST_TITLE, help_text=_("One sentence, nobody in it.")
    )
    answer = words(_("The answer"), rows=10, help_text=NO_PERSON)
    schemes = some_of(_("Schemes"))
    groups = some_of(_("Function areas"))
    law = line(_("Law"), required=False, help_text=_("For example “Lov om kompensation, § 6”."))
    law_url = forms.CharField(
        label=_("Address of the law"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    check_on = day(_("To be looked at again on"))
    valid_until = day(_("Holds until"), required=False, help_text=_("Leave it empty when no end is known."))
    is_wide = forms.BooleanField(
        label=_("All municipalities can read it"),
        required=False,
        help_text=_("Without the tick only your own municipality can."),
    )
    municipality = forms.ChoiceField(
        label=_("Municipality"), error_messages={"invalid_choice": REFUSALS["municipality"]}
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(
        self, data: QueryDict | None, *, on: date, start: EntryStart | None = None, page: EntryPage | None = None
    ) -> None:
        super().__init__(data, initial=_begin(start, on=on) if start else _as_it_stands(page))
        offer(self.fields["schemes"], scheme_choices())
        offer(self.fields["groups"], group_choices())
        places = start.municipalities if start else ()
        offer(self.fields["municipality"], places)
        if len(places) == 1:
            self.fields["municipality"].widget = forms.HiddenInput()
        if page is not None:
            del self.fields["municipality"]

    @property
    def draft(self) -> EntryDraft:
        """What was written."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("municipality", "seen")}
        return EntryDraft(**data)


def _begin(start: EntryStart, *, on: date) -> dict[str, Any]:
    return {
        "title": start.title,
        "answer": start.answer,
        "schemes": start.schemes,
        "groups": start.groups,
        "check_on": on + USUAL_CHECK,
        "municipality": start.municipalities[0][0],
    }


def _as_it_stands(page: EntryPage | None) -> dict[str, Any]:
    assert page is not None
    names = ("title", "answer", "schemes", "groups", "law", "law_url", "check_on", "valid_until", "is_wide")
    return {**{name: getattr(page.entry, name) for name in names}, "seen": page.seen}


def _people(places: Sequence[AskingPlace]) -> Iterable[tuple[str, str]]:
    people = {person.user_id: person.name for place in places for person in place.direction.people}
    return [(str(user_id), name) for user_id, name in people.items()]


def _known(text: str, codes: Iterable[str]) -> str:
    return text if text in codes else ""
