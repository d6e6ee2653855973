"""Forms of support and plan."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.plans.enums import Who
from jobbro.apps.plans.selectors import PlanPage, StepShown
from jobbro.apps.plans.services import LONGEST_NAME, LONGEST_TITLE, LONGEST_WORDS, StepDraft
from jobbro.apps.plans.support_selectors import Choice, SupportPage
from jobbro.webkit.fields import DayField, offer
from jobbro.webkit.labels import AREA_LABELS

from .words import REFUSALS, said

MOVE_WORDS = {
    "": _("As before"),
    "start": _("It is under way"),
    "finish": _("It is done"),
    "drop": _("It is not going to happen"),
    "reopen": _("It is under way again"),
}
PERSON_OTHER, PERSON_CITIZEN = "other", "citizen"


class WordsField(forms.CharField):
    """Text in people's own words, with room for many."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"required": REFUSALS["words"]})
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > LONGEST_WORDS:
            raise forms.ValidationError(REFUSALS["too_long"], code="too_long")


class SupportForm(forms.Form):
    """What is to be chosen; the page draws the lists itself."""

    tells_optional = False
    occupations = forms.MultipleChoiceField(
        label=_("Work"), required=False, error_messages={"invalid_choice": REFUSALS["occupations"]}
    )
    add_occupation = forms.ChoiceField(
        label=_("Add another kind of work"), required=False, error_messages={"invalid_choice": REFUSALS["occupations"]}
    )
    measures = forms.MultipleChoiceField(
        label=_("Support"), required=False, error_messages={"invalid_choice": REFUSALS["measures"]}
    )
    declined = forms.MultipleChoiceField(
        label=_("No thanks"), required=False, error_messages={"invalid_choice": REFUSALS["measures"]}
    )
    reason = WordsField(
        label=_("Why this support?"),
        help_text=_("Write it when you choose something else than the proposal."),
        required=False,
        rows=3,
    )
    area = forms.ChoiceField(label=_("It helps with"), required=False, error_messages={"invalid_choice": ""})
    search = forms.CharField(label=_("Search"), required=False, max_length=100)
    agreement = forms.UUIDField(widget=forms.HiddenInput, required=False)
    decision = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, page: SupportPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occupations = [(row.code, said(row.name)) for row in page.work]
        measures = [(entry.code, said(entry.name)) for entry in page.entries]
        for name, choices in (("occupations", occupations), ("measures", measures), ("declined", measures)):
            self.fields[name].widget = forms.CheckboxSelectMultiple()
            offer(self.fields[name], choices)
        offer(self.fields["add_occupation"], [("", _("Choose")), *sorted(occupations, key=lambda row: row[1])])
        offer(self.fields["area"], [("", _("All areas")), *AREA_LABELS.items()])

    @property
    def choice(self) -> Choice:
        """What is ticked, also in a form that has to be put right."""
        data = self.cleaned_data
        added = [data["add_occupation"]] if data.get("add_occupation") else []
        return Choice(
            occupations=tuple(dict.fromkeys([*data.get("occupations", ()), *added])),
            measures=tuple(data.get("measures", ())),
            declined=tuple(data.get("declined", ())),
        )


class StartForm(forms.Form):
    """The first goal of a new plan, and the support it takes with it."""

    words = WordsField(
        label=_("What do you want?"),
        help_text=_(
            "The goal in the citizen's own words. The words from the dialogue stand here already; change them freely."
        ),
    )
    decision = forms.UUIDField(widget=forms.HiddenInput, required=False)


class GoalForm(forms.Form):
    """A goal in the citizen's words."""

    words = WordsField(label=_("The goal in the citizen's own words"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class StepForm(forms.Form):
    """A step: what, who, by when."""

    title = forms.CharField(
        label=_("What is going to happen?"),
        max_length=LONGEST_TITLE,
        error_messages={"required": REFUSALS["title"], "max_length": REFUSALS["title"]},
    )
    measure = forms.ChoiceField(label=_("Is it about support you have chosen?"), required=False)
    person = forms.ChoiceField(
        label=_("Who does it?"), widget=forms.RadioSelect, error_messages={"required": REFUSALS["person"]}
    )
    other_name = forms.CharField(
        label=_("Name of somebody else"),
        help_text=_("Only when you chose “Somebody else”."),
        max_length=LONGEST_NAME,
        required=False,
    )
    due_on = DayField(label=_("By when?"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, page: PlanPage, step: StepShown | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", _step_initial(step))
        super().__init__(*args, **kwargs)
        offer(self.fields["person"], _people(page, step=step))
        offer(self.fields["measure"], _measures(page, step=step))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("person") == PERSON_OTHER and not data.get("other_name", "").strip():
            self.add_error("other_name", REFUSALS["person"])
        return data

    @property
    def draft(self) -> StepDraft:
        """The step as written."""
        data = self.cleaned_data
        person = data["person"]
        who = {PERSON_CITIZEN: Who.CITIZEN, PERSON_OTHER: Who.OTHER}.get(person, Who.STAFF)
        return StepDraft(
            title=data["title"],
            who=who,
            responsible_id=UUID(person) if who == Who.STAFF else None,
            responsible_name=data["other_name"] if who == Who.OTHER else "",
            due_on=data["due_on"],
            measure=data["measure"],
        )


def _step_initial(step: StepShown | None) -> dict[str, Any]:
    if step is None:
        return {}
    person = {Who.CITIZEN: PERSON_CITIZEN, Who.OTHER: PERSON_OTHER}.get(Who(step.who), str(step.responsible_id))
    return {
        "title": step.title,
        "measure": step.measure,
        "person": person,
        "other_name": step.responsible_name if step.who == Who.OTHER else "",
        "due_on": step.due_on,
        "seen": step.seen,
    }


def _people(page: PlanPage, *, step: StepShown | None) -> list[tuple[str, Any]]:
    staff = {str(user_id): name for user_id, name in page.people}
    if step is not None and step.responsible_id is not None:
        staff.setdefault(str(step.responsible_id), step.responsible_name)
    return [(PERSON_CITIZEN, page.citizen.name), *staff.items(), (PERSON_OTHER, _("Somebody else"))]


def _measures(page: PlanPage, *, step: StepShown | None) -> list[tuple[str, Any]]:
    decision = page.plan.decision if page.plan and page.plan.decision else page.decision
    names = {measure.code: said(measure.name) for measure in decision.measures} if decision else {}
    if step is not None and step.measure:
        names.setdefault(step.measure, step.title)
    return [("", _("No, something else")), *names.items()]


class TellForm(forms.Form):
    """How a step went."""

    move = forms.ChoiceField(label=_("How is it going?"), required=False, widget=forms.RadioSelect)
    words = WordsField(label=_("Tell in your own words"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, moves: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["move"], [(move, MOVE_WORDS[move]) for move in ("", *moves)])


class AgreeForm(forms.Form):
    """Who agrees."""

    staff = forms.BooleanField(label=_("I agree to the plan"), required=False)
    citizen = forms.BooleanField(label=_("The citizen has read the plan and said yes in the meeting"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class CloseForm(forms.Form):
    """How it ended."""

    words = WordsField(label=_("How did it go?"), help_text=_("The citizen can read it."))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)


class SeenForm(forms.Form):
    """A press of a button about something that was read."""

    seen = forms.CharField(required=False, max_length=64)
    direction = forms.ChoiceField(choices=(("up", ""), ("down", "")), required=False)
