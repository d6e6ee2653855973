"""The choice of reminders by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MailForm(forms.Form):
    """Yes or no."""

    wants_mail = forms.ChoiceField(
        label=_("Reminders by e-mail"),
        help_text=_("At most one on a working day, and only when there is something to remind you of."),
        choices=[("yes", _("Yes, send me reminders")), ("no", _("No, I look myself"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no."), "invalid_choice": _("Choose yes or no.")},
    )
