"""Forms of the accounts slice."""

from django import forms
from django.utils.translation import gettext_lazy as _

PASSWORD_LENGTH = 128


class LoginForm(forms.Form):
    username = forms.CharField(
        label=_("Username"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    new = forms.CharField(
        label=_("New password"),
        help_text=_(
            "At least 12 characters. Three or four words that belong together for nobody but you are easy to remember."
        ),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, str]:
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("The two passwords are not the same. Write them once more."))
        return cleaned


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("The password you have now"),
        max_length=PASSWORD_LENGTH,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("old", "new", "again")
