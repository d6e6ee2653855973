"""Forms of the organisations slice."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.selectors import Places, StaffFilters, StaffPage
from jobbro.webkit.fields import DayField

USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._@-]*$",
    _("Use small letters a to z, digits, and . _ @ - only."),
)


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A date as the browser's own calendar."""
    return DayField(label=label, required=required, help_text=help_text)


def offer(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    """The field offers these and refuses all else."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


class FiltersForm(forms.Form):
    """Only drawn, never validated: no filter has to be chosen, and none is marked as one to skip."""

    use_required_attribute = False
    search = forms.CharField(label=_("Name or username"), max_length=80)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("All")), *Role.choices])
    unit = forms.ChoiceField(label=_("Unit"))
    team = forms.ChoiceField(label=_("Team"))
    closed = forms.BooleanField(label=_("Show closed accounts instead"))

    def narrow(self, *, page: StaffPage) -> None:
        """Only units and teams that the person may read are offered."""
        offer(self, "unit", [("", _("All")), *((str(u.pk), u.name) for u in page.units)])
        offer(self, "team", [("", _("All")), *((str(t.pk), f"{t.name}, {t.unit.name}") for t in page.teams)])


def filters_of(*, query: Any) -> StaffFilters:
    """The filters in the address; what cannot be read does not filter."""
    return StaffFilters(
        search=query.get("search", "").replace("\x00", "")[:80],
        role=query.get("role", "") if query.get("role") in Role.values else "",
        unit_id=_uuid(query.get("unit", "")),
        team_id=_uuid(query.get("team", "")),
        is_closed=bool(query.get("closed")),
    )


class ContactForm(forms.Form):
    display_name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    email = forms.EmailField(label=_("E-mail at work"), required=False, max_length=254)
    phone = forms.CharField(
        label=_("Telephone at work"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )


class MemberForm(ContactForm):
    seen = forms.CharField(widget=forms.HiddenInput)


class LoginNumberForm(forms.Form):
    subject = forms.CharField(
        label=_("Number of the login"),
        help_text=_(
            "Jobbro shows the number to a person who logs in with the municipality's login and has no account yet."
            " Leave it empty to end the connection."
        ),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    unit = forms.ChoiceField(label=_("Unit"))
    team = forms.ChoiceField(
        label=_("Team"),
        required=False,
        help_text=_("Caseworkers and job brokers see the citizens of their team, or without one those they join."),
    )
    from_on = day(_("First day"))
    until_on = day(_("Last day"), required=False, help_text=_("Leave it empty when there is none."))

    def __init__(self, *args: Any, places: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", [(str(unit.pk), unit.name) for unit in places.units])
        teams = ((str(team.pk), f"{team.name}, {team.unit.name}") for team in places.teams)
        offer(self, "team", [("", _("No team")), *teams])


class EmployeeForm(RoleForm, ContactForm):
    username = forms.CharField(
        label=_("Username"),
        max_length=80,
        validators=[USERNAME],
        help_text=_("What the person logs in with, for example their initials. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ("display_name", "username", "email", "phone", "role", "unit", "team", "from_on", "until_on")


class EndRoleForm(forms.Form):
    when = forms.ChoiceField(
        label=_("When does the role end?"),
        choices=[("now", _("At once: the person loses the access with their next click")), ("day", _("On a day"))],
        initial="now",
        widget=forms.RadioSelect,
    )
    until_on = day(_("Last day"), required=False, help_text=_("Only when the role ends on a day."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") == "day" and not cleaned.get("until_on") and "until_on" not in self.errors:
            self.add_error("until_on", _("Write the last day of the role."))
        return cleaned


class ConfirmForm(forms.Form):
    """Nothing to fill in: a place for what the service refuses."""


class UnitForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=20, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
    from_on = day(_("First day"))


class ChangeUnitForm(UnitForm):
    until_on = day(_("Last day"), required=False, help_text=_("Leave it empty when there is none."))
    seen = forms.CharField(widget=forms.HiddenInput)


class NewUnitForm(UnitForm):
    municipalities = forms.MultipleChoiceField(label=_("Municipalities it serves"), widget=forms.CheckboxSelectMultiple)
    field_order = ("name", "municipalities", "phone", "email", "from_on")


class ServeForm(forms.Form):
    municipality = forms.ChoiceField(label=_("Municipality"))
    from_on = day(_("First day"))


class EndServeForm(forms.Form):
    until_on = day(_("Last day"))


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=120)
    from_on = day(_("First day"))


class ChangeTeamForm(TeamForm):
    until_on = day(_("Last day"), required=False, help_text=_("Leave it empty when there is none."))
    seen = forms.CharField(widget=forms.HiddenInput)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
