"""Forms of the people at a company."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.services import (
    ContactDraft,
)

from .form_parts import day, email, id_of, line, offer_workplaces, phone, seen_mark, workplace_choice


class ContactForm(forms.Form):
    """Somebody at the company."""

    name = line(_("Name"), attrs={"autocomplete": "off"})
    title = line(_("Job title"), required=False)
    phone = phone(_("Telephone"))
    email = email(_("E-mail"))
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
        return ContactDraft(**data, workplace_id=id_of(self.cleaned_data.get("workplace")))


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
