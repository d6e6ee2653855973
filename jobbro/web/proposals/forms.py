"""Forms of proposals: why a job is picked, where a proposal moves, and whom to show for a job."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.matching.enums import ProposalState, Side
from jobbro.apps.matching.services.proposals import LONGEST_WORDS
from jobbro.webkit.fields import offer

from .words import MOVE_WORDS, REFUSALS, SAID_BY


class WhyForm(forms.Form):
    """Why this job for this person."""

    why = forms.CharField(
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": REFUSALS["why"], "max_length": REFUSALS["too_long"]},
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        if is_own:
            field.label = _("Why would you like to try this job?")
            field.help_text = _("Those who help you read it. The workplace never sees it.")
        else:
            field.label = _("Why this job?")
            field.help_text = _("The citizen reads it. The workplace never sees it. Do not write about illness.")


class MoveForm(forms.Form):
    """Where the proposal moves, whose word it is, and why."""

    seen = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    state = forms.ChoiceField(label=gettext_lazy("What has happened?"), widget=forms.RadioSelect)
    said_by = forms.ChoiceField(label=gettext_lazy("Who has said it?"), required=False, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("The citizen and the municipality both read it. It is needed when the answer is no."),
        error_messages={"max_length": REFUSALS["too_long"]},
    )
    tells_optional = False

    def __init__(self, *args: Any, moves: Sequence[ProposalState], is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["state"], [(move.value, MOVE_WORDS[move]) for move in moves])
        offer(self.fields["said_by"], [(side.value, SAID_BY[side]) for side in Side])
        if is_own:
            del self.fields["said_by"], self.fields["state"]
            self.fields["reason"].label = _("Why not?")
            self.fields["reason"].help_text = _("A sentence is enough. Those who help you read it.")

    @property
    def state_told(self) -> ProposalState:
        """A citizen's own form only says no."""
        return ProposalState(self.cleaned_data.get("state") or ProposalState.DECLINED)

    @property
    def side_told(self) -> Side | None:
        found = self.cleaned_data.get("said_by")
        return Side(found) if found else None


class PeopleForm(forms.Form):
    """Whom to show for a job. Everything can be left as it is; nothing here ranks."""

    fit = forms.ChoiceField(label=gettext_lazy("The job"), required=False)
    measure = forms.ChoiceField(label=gettext_lazy("With this support"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Not talked about yet"), required=False)
    team = forms.ChoiceField(label=gettext_lazy("Team"), required=False)
    tells_optional = False

    def __init__(
        self,
        *args: Any,
        fits: Iterable[tuple[str, str]],
        measures: Iterable[tuple[str, str]],
        areas: Iterable[tuple[str, str]],
        teams: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in {"fit": fits, "measure": measures, "area": areas, "team": teams}.items():
            offer(self.fields[name], [("", _("All")), *choices])
