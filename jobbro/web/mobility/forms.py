"""Forms between jobs: a wish, what was agreed about it, a notice, what a job has taught, what goes well."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobbro.apps.mobility.enums import ChangeKind, ChangeWhen, NoticeBasis, Source, WishEnd
from jobbro.apps.mobility.services.experience import ObservationDraft
from jobbro.apps.mobility.services.notices import NoticeDraft
from jobbro.apps.mobility.services.wishes import ChangeDraft
from jobbro.apps.placements.enums import EndedBy, EndReason
from jobbro.webkit.fields import DAY_PROBLEM, DayField, offer
from jobbro.webkit.labels import AREA_LABELS

DAY_ERRORS = {"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}
LONGEST_LINE, LONGEST_WORDS = 200, 2000
BEHALF_LABEL = _("Why do you write it for the citizen?")
BEHALF_HELP = _("For example: Anna said it on the telephone on Tuesday.")


class SeenForm(forms.Form):
    """A form that carries the mark of what was read."""

    tells_optional = False
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class SpokenForm(SeenForm):
    """The citizen's own word; staff say why they write it for them."""

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_own:
            self.fields["on_behalf"] = forms.CharField(
                label=BEHALF_LABEL, help_text=BEHALF_HELP, max_length=LONGEST_LINE
            )


class WishForm(SpokenForm):
    """What is wished to be new, and how soon."""

    kinds = forms.MultipleChoiceField(
        label=_("What would be good?"),
        choices=ChangeKind.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that you would like to be new.")},
    )
    soon = forms.ChoiceField(label=_("How soon?"), choices=ChangeWhen.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def draft(self) -> ChangeDraft:
        """The wish as it is meant."""
        data = self.cleaned_data
        return ChangeDraft(
            kinds=tuple(ChangeKind(kind) for kind in data["kinds"]),
            soon=ChangeWhen(data["soon"]),
            words=data["words"],
            on_behalf=data.get("on_behalf", ""),
        )


class TalkForm(SeenForm):
    """What was agreed about the wish."""

    answer = forms.CharField(
        label=_("What did you agree?"),
        help_text=_("The citizen reads it."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class WishEndForm(SeenForm):
    """How the wish came to rest."""

    ended_as = forms.ChoiceField(label=_("What has happened?"), choices=WishEnd.choices, widget=forms.RadioSelect)


class NoticeForm(SeenForm):
    """The notice: who, when, why, the last day, and where it is known from."""

    given_by = forms.ChoiceField(label=_("Who ended the job?"), choices=EndedBy.choices, widget=forms.RadioSelect)
    given_on = DayField(label=_("Which day was notice given?"), error_messages=DAY_ERRORS)
    last_on = DayField(
        label=_("Which day is the last?"),
        help_text=_("As it stands in the letter or the contract. We do not work out the day for you."),
        error_messages=DAY_ERRORS,
    )
    basis = forms.ChoiceField(
        label=_("Where do you know the day from?"), choices=NoticeBasis.choices, widget=forms.RadioSelect
    )
    period_text = forms.CharField(
        label=_("How long is the notice, in the words that stand there?"),
        help_text=_("For example: one month to the end of a month. You can leave it empty."),
        required=False,
        max_length=LONGEST_LINE,
    )
    reason = forms.ChoiceField(label=_("Why does the job end?"), choices=EndReason.choices)
    note = forms.CharField(
        label=_("What else is good to know?"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    @property
    def draft(self) -> NoticeDraft:
        """The notice as it is meant."""
        data = self.cleaned_data
        return NoticeDraft(
            given_by=EndedBy(data["given_by"]),
            reason=EndReason(data["reason"]),
            given_on=data["given_on"],
            last_on=data["last_on"],
            basis=NoticeBasis(data["basis"]),
            period_text=data["period_text"],
            note=data["note"],
        )


class ReasonForm(SeenForm):
    """A reason that stays beside what was done."""

    reason = forms.CharField(max_length=LONGEST_LINE)

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label


class ExperienceForm(SpokenForm):
    """What is taken along from the job."""

    skills = forms.MultipleChoiceField(
        label=_("What did the job teach you, or let you use?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    own_skills = forms.CharField(
        label=_("Something else"),
        help_text=_("Put a comma between them. Never write about illness."),
        required=False,
        max_length=600,
    )

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = list(offered)
        if found:
            offer(self.fields["skills"], found)
        else:
            del self.fields["skills"]
            self.fields["own_skills"].label = _("What did the job teach you, or let you use?")

    @property
    def chosen(self) -> tuple[str, ...]:
        """All that was chosen and written."""
        own = (part.strip() for part in self.cleaned_data["own_skills"].split(","))
        return (*self.cleaned_data.get("skills", ()), *(part for part in own if part))


class ObservationForm(forms.Form):
    """Something that goes well at work."""

    area = forms.ChoiceField(label=_("What is it about?"))
    words = forms.CharField(
        label=_("What goes well?"),
        help_text=_("An example from the work. Never about illness."),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seen_by = forms.ChoiceField(label=_("Who has seen it?"), choices=Source.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["area"], [(code, str(label)) for code, label in AREA_LABELS.items()])
        if is_own:
            del self.fields["seen_by"]

    @property
    def draft(self) -> ObservationDraft:
        """What goes well, as it is meant."""
        data = self.cleaned_data
        return ObservationDraft(
            area=data["area"], words=data["words"], seen_by=Source(data.get("seen_by") or Source.CITIZEN)
        )


class AnswerForm(SpokenForm):
    """The citizen's yes or no."""

    is_agreed = forms.ChoiceField(
        label=_("Does it fit?"),
        choices=[("yes", _("Yes, it fits")), ("no", _("No, it does not fit"))],
        widget=forms.RadioSelect,
    )
