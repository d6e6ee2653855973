"""Forms of the way into a job: what is taken into the plan, a task, the first day, the words, the end."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.placements.enums import EndedBy, EndReason, OnboardingStep, TaskOwner
from jobbro.apps.placements.services.onboarding import TaskDraft
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer

from .reading import ProposalShown
from .words import END_TEXTS

DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}
LONGEST_NAME, LONGEST_LINE, LONGEST_WORDS = 120, 200, 2000


class SeenForm(forms.Form):
    """A form that carries the mark of what was read."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class AcceptForm(SeenForm):
    """What is taken into the plan. `is_new` asks for the mentor too."""

    mentor = forms.CharField(
        label=_("Who is the mentor or the nearest colleague?"),
        help_text=_("A name at the workplace. You can leave it empty and write it later in the tasks."),
        required=False,
        max_length=LONGEST_NAME,
    )
    chosen = forms.MultipleChoiceField(
        label=_("Which tasks are part of the plan?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one task.")},
    )

    def __init__(self, *args: Any, proposed: Iterable[ProposalShown], is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["chosen"], [(one.key, one.label) for one in proposed])
        if not is_new:
            del self.fields["mentor"]


class TaskForm(SeenForm):
    """A task: what, when and whose."""

    title = forms.CharField(label=_("What is to be done?"), max_length=LONGEST_LINE)
    step = forms.ChoiceField(label=_("When on the way?"), choices=OnboardingStep.choices)
    owner = forms.ChoiceField(label=_("Whose task is it?"), choices=TaskOwner.choices)
    who = forms.CharField(label=_("Who does it, by name?"), max_length=LONGEST_NAME)
    due_on = DayField(label=_("By which day?"), error_messages=DAY_ERRORS)
    is_for_company = forms.BooleanField(
        label=_("The company may read it"),
        help_text=_("The company always reads its own tasks and the mentor’s, and no other ones unless you tick here."),
        required=False,
    )

    @property
    def draft(self) -> TaskDraft:
        """The task as it is meant."""
        data = self.cleaned_data
        return TaskDraft(
            title=data["title"],
            step=OnboardingStep(data["step"]),
            owner=TaskOwner(data["owner"]),
            who=data["who"],
            due_on=data["due_on"],
            is_for_company=data["is_for_company"],
        )


class ReasonForm(SeenForm):
    """A reason that stays beside what was done."""

    reason = forms.CharField(max_length=LONGEST_LINE)

    def __init__(self, *args: Any, label: Any, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, help_text


class StartForm(forms.Form):
    """Another first day, to see what would move."""

    tells_optional = False
    starts_on = DayField(label=_("Which day does the job begin?"), error_messages=DAY_ERRORS)


class MoveForm(SeenForm):
    """The first day moves, and why."""

    starts_on = forms.DateField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Why does the day move?"),
        help_text=_("The citizen and those around them read it. The company only sees the new day."),
        max_length=LONGEST_LINE,
    )


class WordsForm(SeenForm):
    """What the colleagues are told; staff say why they write it for the citizen."""

    text = forms.CharField(
        label=_("What may the colleagues be told?"),
        help_text=_("Write it as you would say it yourself. Empty means: nothing."),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    reason = forms.CharField(
        label=_("Why do you write it for the citizen?"),
        help_text=_("For example: Anna said it on the telephone on Tuesday. The company does not read it."),
        max_length=LONGEST_LINE,
    )

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_own:
            del self.fields["reason"]
        else:
            self.fields["text"].label = _("What has the citizen said that the colleagues may be told?")
            self.fields["text"].help_text = _("The citizen’s own words, as they want them. Empty means: nothing.")


class EndForm(forms.Form):
    """The job has ended: the last day, why, and whose decision it was."""

    ended_on = DayField(label=_("Which day was the last?"), error_messages=DAY_ERRORS)
    reason = forms.ChoiceField(label=_("Why did it end?"), widget=forms.RadioSelect)
    decided_by = forms.ChoiceField(
        label=_("Whose decision was it?"),
        choices=[("", _("As it most often is for that reason")), *EndedBy.choices],
        required=False,
    )
    note = forms.CharField(
        label=_("What else is good to know for the next job?"),
        help_text=_("The citizen reads it. The company does not read why the job ended, and not this note."),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (code, f"{label}. {END_TEXTS[code]}" if code in END_TEXTS else str(label))
            for code, label in EndReason.choices
        ]
        offer(self.fields["reason"], choices)
