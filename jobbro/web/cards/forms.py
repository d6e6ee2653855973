"""What goes on a card: every need and every support is chosen one by one, and nothing is chosen beforehand."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from jobbro.apps.matching.card_checking import USUAL_MONTHS, CardChoice, months_after
from jobbro.apps.matching.card_content import CardNeed
from jobbro.apps.matching.selectors.cards import CardDraft
from jobbro.engines.needs import Need
from jobbro.webkit.fields import DAY_PROBLEM, DayField
from jobbro.webkit.labels import AREA_LABELS, LEVEL_SENTENCES
from jobbro.webkit.schemes.values import language

from .words import LONGEST, REFUSALS

GIVEN, FULL = "given", "full"


class ChooseForm(forms.Form):
    """The name, needs, support, a note and the days of a card."""

    tells_optional = False

    name = forms.ChoiceField(label=_("Which name does the company read?"), widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("More that you want to say"),
        help_text=_("You can leave it empty. Write what you need, not why you need it."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    from_on = DayField(
        label=_("First day the company can read it"), error_messages={"invalid": DAY_PROBLEM, "required": DAY_PROBLEM}
    )
    until_on = DayField(
        label=_("Last day"),
        help_text=_("A year at most. You can take the card back on any day before."),
        error_messages={"invalid": DAY_PROBLEM, "required": DAY_PROBLEM},
    )
    on_behalf = forms.CharField(
        label=_("Why do you give the card for the citizen?"),
        help_text=_("The citizen reads it. For example: Anna asked me to when we met on Tuesday."),
        error_messages={"required": REFUSALS["on_behalf"]},
    )

    def __init__(self, *args: Any, draft: CardDraft, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self._offer_names()
        self._offer_days(on)
        for need in draft.needs:
            self._offer_need(need)
        for measure in draft.offer.measures:
            self._offer_measure(measure.code)
        if draft.is_own:
            del self.fields["on_behalf"]

    def _offer_names(self) -> None:
        citizen, kept = self.draft.citizen, self.draft.kept
        if citizen.is_protected:
            del self.fields["name"]
            return
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(GIVEN, citizen.given_name), (FULL, citizen.name)]
        if kept:
            field.initial = FULL if kept.name == citizen.name else GIVEN

    def _offer_days(self, on: date) -> None:
        self.fields["from_on"].initial = on
        self.fields["until_on"].initial = months_after(on, months=USUAL_MONTHS)
        self.fields["note"].initial = self.draft.kept.note if self.draft.kept else ""

    def _offer_need(self, need: Need) -> None:
        """A tick and the sentence; both as on the card that holds now, when there is one."""
        kept = self.draft.kept
        chosen = {one.area: one.words for one in kept.needs} if kept else {}
        area = str(AREA_LABELS[need.area])
        self.fields[f"show_{need.area}"] = forms.BooleanField(label=area, required=False, initial=need.area in chosen)
        self.fields[f"words_{need.area}"] = forms.CharField(
            label=_("What the company reads: %(area)s") % {"area": area},
            required=False,
            initial=chosen.get(need.area) or first_words(need),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _offer_measure(self, code: str) -> None:
        measure = next(one for one in self.draft.offer.measures if one.code == code)
        shown = {one.code for one in self.draft.kept.measures} if self.draft.kept else set()
        self.fields[f"measure_{code}"] = forms.BooleanField(
            label=f"{measure.name.in_language(language())}: {measure.text.in_language(language())}",
            required=False,
            initial=code in shown,
        )

    def need_fields(self) -> Iterator[tuple[BoundField, BoundField]]:
        """Tick and sentence of each area."""
        for need in self.draft.needs:
            yield self[f"show_{need.area}"], self[f"words_{need.area}"]

    def measure_fields(self) -> Iterator[BoundField]:
        """A tick for each support."""
        for measure in self.draft.offer.measures:
            yield self[f"measure_{measure.code}"]

    @property
    def choice(self) -> CardChoice:
        """What has been chosen; the sentence of an area without a tick is left out."""
        data = self.cleaned_data
        return CardChoice(
            is_full_name=data.get("name") == FULL,
            needs=tuple(
                CardNeed(area=need.area, words=data[f"words_{need.area}"])
                for need in self.draft.needs
                if data[f"show_{need.area}"]
            ),
            measures=tuple(one.code for one in self.draft.offer.measures if data[f"measure_{one.code}"]),
            note=data["note"],
            from_on=data["from_on"],
            until_on=data["until_on"],
        )


def first_words(need: Need) -> str:
    """What helps, or else what the person said, cut to the length of a sentence; how it goes when there are no words.

    A company has to know what is needed, not why: what helps seldom says why.
    """
    said = need.helps.strip() or need.words.strip()
    if not said:
        return str(LEVEL_SENTENCES[need.level]) if need.level is not None else ""
    if len(said) <= LONGEST["words"]:
        return said
    return said[: LONGEST["words"] - 1].rsplit(" ", 1)[0] + "…"
