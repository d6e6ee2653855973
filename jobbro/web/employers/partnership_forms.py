"""Forms of what is said, promised and agreed with a company, and of the hands it needs."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobbro.apps.employers.enums import (
    ContactKind,
    NeedState,
    Promiser,
    PromiseState,
)
from jobbro.apps.employers.services import (
    AgreementDraft,
    NeedDraft,
    PromiseDraft,
    TalkDraft,
    YearlyTalkDraft,
)
from jobbro.webkit.fields import offer

from .form_parts import NO_CITIZENS, NumberField, day, id_of, line, offer_workplaces, one_of, words, workplace_choice
from .words import REFUSALS


class TalkForm(forms.Form):
    """One entry of the dialogue log."""

    kind = one_of(_("How did you talk?"), ContactKind.choices, refusal="kind", initial=ContactKind.VISIT)
    held_on = day(_("Which day?"))
    workplace = workplace_choice(_("Where?"))
    text = words(_("What did you talk about?"), rows=6, help_text=NO_CITIZENS)
    is_shared = forms.BooleanField(
        label=_("The company can read it"),
        help_text=_("Take the tick away for a note for colleagues only."),
        initial=True,
        required=False,
    )

    def __init__(self, *args: Any, workplaces: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workplaces(self, workplaces)

    @property
    def draft(self) -> TalkDraft:
        """The entry as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "workplace"}
        return TalkDraft(**data, workplace_id=id_of(self.cleaned_data.get("workplace")))


class YearlyTalkForm(forms.Form):
    """What both said."""

    held_on = day(_("Which day did you talk?"))
    they_said = words(_("What did the company say?"), help_text=NO_CITIZENS)
    we_said = words(_("What did we say?"), help_text=NO_CITIZENS)
    agreed = words(_("What did we agree for the coming year?"), rows=3, required=False)

    @property
    def draft(self) -> YearlyTalkDraft:
        """The talk as written."""
        return YearlyTalkDraft(**self.cleaned_data)


class PromiseForm(forms.Form):
    """What one side promised the other."""

    by = one_of(_("Who promised it?"), Promiser.choices, refusal="by")
    text = line(_("What was promised?"), longest=200, help_text=NO_CITIZENS)
    promised_on = day(_("Promised on"))
    due_on = day(_("To be kept by"))

    @property
    def draft(self) -> PromiseDraft:
        """The promise as written."""
        return PromiseDraft(**self.cleaned_data)


class EndForm(forms.Form):
    """How something ended, and when."""

    state = one_of(_("How did it end?"), refusal="end")
    ended_on = day(_("Which day?"))


class EndPromiseForm(EndForm):
    """Kept, or dropped with a reason."""

    note = line(
        _("Why was it dropped?"),
        longest=200,
        required=False,
        help_text=_("Needed only when it was dropped. Both sides can read it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ends = [choice for choice in PromiseState.choices if choice[0] != PromiseState.OPEN]
        offer(self.fields["state"], ends)


class EndNeedForm(EndForm):
    """Met, or no longer there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["state"], [choice for choice in NeedState.choices if choice[0] != NeedState.OPEN])


class AgreementForm(forms.Form):
    """Something agreed for a period."""

    title = line(_("What is the agreement about?"))
    text = words(_("What does each side do?"), rows=6, help_text=NO_CITIZENS)
    agreed_with = line(_("Agreed with"), help_text=_("The name of the person at the company."))
    agreed_on = day(_("Agreed on"))
    from_on = day(_("Holds from"))
    until_on = day(_("Holds until"), required=False, help_text=_("Leave it empty when no end was set."))
    replaces = forms.ChoiceField(
        label=_("Does it take the place of an older agreement?"),
        help_text=_("The older one then ends the day before. It can still be read."),
        required=False,
        error_messages={"invalid_choice": REFUSALS["replaces"]},
    )

    def __init__(self, *args: Any, agreements: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(str(row.pk), row.title) for row in agreements]
        if standing:
            offer(self.fields["replaces"], [("", gettext("No, it is a new one")), *standing])
        else:
            del self.fields["replaces"]

    @property
    def draft(self) -> AgreementDraft:
        """The agreement as written."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "replaces"}
        return AgreementDraft(**data, replaces_id=id_of(self.cleaned_data.get("replaces")))


class EndAgreementForm(forms.Form):
    """The last day of an agreement."""

    until_on = day(_("Last day"))


class NeedForm(forms.Form):
    """Hands that the company needs."""

    title = line(_("What do they need hands for?"), help_text=_("In the company's own words."))
    occupation = forms.ChoiceField(
        label=_("Which occupation is it closest to?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": REFUSALS["occupation"]},
    )
    workplace = workplace_choice(_("Where?"))
    places = forms.IntegerField(
        label=_("How many people?"),
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": REFUSALS["places"], "required": REFUSALS["places"]},
    )
    hours_min = NumberField(label=_("Fewest hours a week"), required=False)
    hours_max = NumberField(label=_("Most hours a week"), required=False)
    wanted_from = day(_("Wanted from"), required=False)
    note = words(_("More about it"), rows=3, required=False, help_text=NO_CITIZENS)

    def __init__(self, *args: Any, workplaces: Iterable[Any], occupations: Iterable[tuple[str, str]], **kwargs: Any):
        super().__init__(*args, **kwargs)
        offer_workplaces(self, workplaces)
        near = list(occupations)
        if near:
            offer(self.fields["occupation"], [*near, ("", gettext("None of these"))])
        else:
            del self.fields["occupation"]

    @property
    def draft(self) -> NeedDraft:
        """The need as written."""
        data = self.cleaned_data
        return NeedDraft(
            title=data["title"],
            occupation=data.get("occupation", ""),
            places=data["places"],
            hours_min=_one_decimal(data["hours_min"]),
            hours_max=_one_decimal(data["hours_max"]),
            wanted_from=data["wanted_from"],
            note=data["note"],
            workplace_id=id_of(data.get("workplace")),
        )


def _one_decimal(hours: Decimal | None) -> Decimal | None:
    return None if hours is None else hours.quantize(Decimal("0.1"))
