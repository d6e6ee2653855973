"""Forms of the imports slice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.imports.enums import Kind
from jobbro.apps.imports.selectors import Choices, RowPage


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is in the file?"), widget=forms.RadioSelect)
    municipality = forms.ChoiceField(label=_("Municipality"))
    team = forms.ChoiceField(
        label=_("Team for citizens or companies without a team in the file"),
        required=False,
        help_text=_("For citizens and companies. Choose a team, or name one in each row."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV or .xlsx, at most 10 MB and 20,000 rows."),
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = choices.kinds
        self._offer("kind", [(kind.value, kind.label) for kind in choices.kinds])
        self.fields["kind"].initial = Kind.CITIZENS
        self._offer("municipality", [(row.code, row.name) for row in choices.municipalities])
        teams = ((str(team.pk), f"{team.name}, {team.unit.name}") for team in choices.teams)
        self._offer("team", [("", _("No team")), *teams])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class RowForm(forms.Form):
    """One field a column; what is wrong stands at the field from the start."""

    def __init__(self, data: Any = None, *, shown: RowPage) -> None:
        super().__init__(data, initial=shown.row.values)
        for column in shown.columns:
            self.fields[column.code] = forms.CharField(
                label=str(column.label),
                required=column.is_required,
                max_length=1_000,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
