"""The form of the reckoning: which schemes, in which situation, at what price; every number says where it is from."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from jobbro.apps.economics.asking import Asked, Choice, ChosenScheme, Situation
from jobbro.apps.economics.selectors import EconomicsPage, SchemeOffer
from jobbro.engines.economics.courses import Start
from jobbro.engines.economics.estimates import Estimate, Grade
from jobbro.webkit.fields import plain_number
from jobbro.webkit.schemes import language, number_text

from .words import AMOUNTS, GRADES, HORIZONS, OUTCOME_TONES, OUTCOMES, STARTS, UNIT_WORDS, range_text

CHOICES = ("a", "b")
LONGEST_WHY = 500
WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12


class AmountField(forms.FloatField):
    """A number as people write it: 12.000, 12 000, 4,5."""

    def __init__(self, *, low: float, high: float, **kwargs: Any) -> None:
        told = _("Write a number from %(low)s to %(high)s.") % {"low": number_text(low), "high": number_text(high)}
        errors = dict.fromkeys(("invalid", "min_value", "max_value"), told)
        super().__init__(
            min_value=low, max_value=high, required=False, widget=forms.TextInput, error_messages=errors, **kwargs
        )
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "class": "form-input"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


@dataclass(frozen=True, kw_only=True)
class RangeFields:
    """A number with its two limits, how well it is known, and the sentence why."""

    label: str
    hint: str
    low: BoundField
    high: BoundField
    grade: BoundField
    why: BoundField


@dataclass(frozen=True, kw_only=True)
class SchemeFields:
    """One scheme: in which choices it stands, how much of it, and its price where it has one."""

    title: str
    outcome: str
    tone: str
    choices: tuple[BoundField, ...]
    amount: BoundField | None
    price: RangeFields | None
    is_open: bool


class EconomicsForm(forms.Form):
    """Everything that is asked for; what is typed comes back as it was."""

    tells_optional = False

    def __init__(self, *args: Any, page: EconomicsPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        self.words: dict[str, tuple[str, str]] = {}
        self._add_schemes()
        self._add_situation()
        self._add_effects()

    def _add_schemes(self) -> None:
        for offer in self.page.schemes:
            for choice, label in zip(CHOICES, (_("Choice A"), _("Choice B")), strict=True):
                self.fields[f"{offer.code}_{choice}"] = forms.BooleanField(label=label, required=False)
            if offer.unit in AMOUNTS:
                amount_label, high = AMOUNTS[offer.unit]
                self.fields[f"{offer.code}_amount"] = AmountField(
                    label=str(amount_label),
                    low=0,
                    high=high,
                    initial=None if offer.hours is None else number_text(offer.hours),
                )
            if not is_free(offer):
                label = _("Your own price, kr. %(unit)s") % {"unit": UNIT_WORDS[offer.unit]}
                self._add_range(f"{offer.code}_price", low=0, high=10_000_000, label=label, hint=_known_price(offer))

    def _add_situation(self) -> None:
        self.fields["start"] = forms.ChoiceField(
            label=_("Where do they stand?"),
            widget=forms.RadioSelect,
            choices=list(STARTS.items()),
            initial=self.page.start,
        )
        self.fields["horizon"] = forms.TypedChoiceField(
            label=_("How far ahead?"), choices=list(HORIZONS.items()), coerce=int, initial=104
        )
        self.fields["weeks_on_benefit"] = forms.IntegerField(
            label=_("Whole weeks on benefit until now"),
            help_text=_("The state's share of the benefit falls with the weeks. In a job from the start: write 0."),
            min_value=0,
            max_value=2_600,
            initial=self.page.weeks_on_benefit,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            error_messages=dict.fromkeys(
                ("required", "invalid", "min_value", "max_value"), _("Write a whole number of weeks, at least 0.")
            ),
        )
        self._add_range(
            "benefit",
            low=0,
            high=200_000,
            label=_("Benefit a month before tax, kr."),
            hint=_("What the municipality pays out."),
        )
        self._add_range(
            "wage",
            low=0,
            high=500_000,
            label=_("Wage a month in the job, with pension, kr."),
            hint=_("Leave it empty when nobody knows it; then employer and citizen cannot be reckoned."),
        )
        self._add_range(
            "chance",
            low=0,
            high=99,
            label=_("How many of 100 without the support?"),
            hint=_(
                "Out of work: how many of 100 in the same situation find a job within a year. In a job: how many lose "
                "it. Write a wide range when nobody knows."
            ),
        )

    def _add_effects(self) -> None:
        hint = _("Leave it empty to use the assumptions we have. They are estimates; nobody has measured them.")
        labels = (
            _("Choice A: how many more of 100 are in a job because of it?"),
            _("Choice B: how many more of 100 are in a job because of it?"),
        )
        for choice, label in zip(CHOICES, labels, strict=True):
            self._add_range(f"effect_{choice}", low=-100, high=100, label=label, hint=hint)

    def _add_range(self, name: str, *, low: float, high: float, label: str, hint: str = "") -> None:
        """Four fields; their labels name the number too, so that a list of problems can be read by itself."""
        self.words[name] = label, hint
        said = {"number": label.rstrip("?.")}
        amounts = {"low": _("%(number)s – from"), "high": _("%(number)s – to")}
        for part, text in amounts.items():
            self.fields[f"{name}_{part}"] = AmountField(label=text % said, low=low, high=high)
        self.fields[f"{name}_grade"] = forms.ChoiceField(
            label=_("%(number)s – how well is it known?") % said,
            choices=list(GRADES.items()),
            initial=Grade.ASSUMPTION,
            required=False,
            widget=forms.Select(attrs={"class": "form-select"}),
        )
        self.fields[f"{name}_why"] = forms.CharField(
            label=_("%(number)s – where is it from?") % said,
            required=False,
            max_length=LONGEST_WHY,
            widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto", "class": "form-input"}),
        )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in self._ranges():
            self._check_range(name, is_needed=name in ("benefit", "chance"))
        for choice in CHOICES:
            self._check_choice(choice)
        if not self._chosen("a"):
            self.add_error(None, _("Tick at least one scheme in choice A."))
        return found

    def _ranges(self) -> list[str]:
        return [name.removesuffix("_low") for name in self.fields if name.endswith("_low")]

    def _check_range(self, name: str, *, is_needed: bool) -> None:
        low, high, why = (self.cleaned_data.get(f"{name}_{part}") for part in ("low", "high", "why"))
        if f"{name}_low" in self.errors or f"{name}_high" in self.errors:
            return
        if low is None and high is not None:
            self.add_error(f"{name}_low", _("Write also the lowest number."))
        elif low is None and (is_needed or why):
            self.add_error(f"{name}_low", _("Write a number, or a lowest and a highest one."))
        elif low is not None and high is not None and high < low:
            self.add_error(f"{name}_high", _("The highest number must not be below the lowest."))
        if low is not None and not why and f"{name}_why" not in self.errors:
            self.add_error(f"{name}_why", _("Write in a sentence where the number is from."))

    def _check_choice(self, choice: str) -> None:
        chosen = self._chosen(choice)
        for offer in chosen:
            name = f"{offer.code}_amount"
            if name in self.fields and name not in self.errors and self.cleaned_data.get(name) is None:
                self.add_error(name, _("Write how much of it."))
            if offer.until_job and self.cleaned_data.get("start") == Start.IN_WORK:
                self.add_error(
                    f"{offer.code}_{choice}",
                    _("This is only given until there is a job. Leave it out, or begin out of work."),
                )
        has_effect = (
            any(offer.has_effect for offer in chosen) or self.cleaned_data.get(f"effect_{choice}_low") is not None
        )
        if chosen and not has_effect and f"effect_{choice}_low" not in self.errors:
            self.add_error(
                f"effect_{choice}_low",
                _("Nothing is assumed of what these schemes change. Write your own estimate, for example 0 to 10."),
            )

    def _chosen(self, choice: str) -> list[SchemeOffer]:
        return [offer for offer in self.page.schemes if self.cleaned_data.get(f"{offer.code}_{choice}")]

    def asked(self) -> Asked:
        """What is to be reckoned; only of a valid form."""
        found = self.cleaned_data
        a_week = MONTHS_A_YEAR / WEEKS_A_YEAR
        benefit, chance = self._estimate("benefit", factor=a_week), self._estimate("chance", factor=0.01)
        assert benefit is not None
        assert chance is not None
        choices = (self._choice(choice) for choice in CHOICES)
        return Asked(
            situation=Situation(
                start=Start(found["start"]),
                weeks_on_benefit=found["weeks_on_benefit"],
                benefit_week=benefit,
                wage_week=self._estimate("wage", factor=a_week),
                yearly_chance=chance,
                horizon_weeks=found["horizon"],
            ),
            choices=tuple(choice for choice in choices if choice.schemes),
        )

    def _choice(self, choice: str) -> Choice:
        chosen = tuple(
            ChosenScheme(scheme=offer.code, amount=self._amount(offer), price=self._price(offer))
            for offer in self._chosen(choice)
        )
        return Choice(schemes=chosen, effect=self._estimate(f"effect_{choice}", factor=0.01))

    def _amount(self, offer: SchemeOffer) -> float:
        """How many of the unit for each week in the job; weeks of absence are told for a year."""
        told = self.cleaned_data.get(f"{offer.code}_amount")
        if told is None:
            return 1.0
        return float(told) / WEEKS_A_YEAR if offer.unit == "kr_per_week_of_absence" else float(told)

    def _price(self, offer: SchemeOffer) -> Estimate | None:
        return None if is_free(offer) else self._estimate(f"{offer.code}_price")

    def _estimate(self, name: str, *, factor: float = 1.0) -> Estimate | None:
        low, high, grade, why = (self.cleaned_data.get(f"{name}_{part}") for part in ("low", "high", "grade", "why"))
        if low is None:
            return None
        known = Grade(grade or Grade.ASSUMPTION)
        return Estimate(
            low=low * factor,
            high=(low if high is None else high) * factor,
            grade=known,
            source=why or "",
            mark="V" if known is Grade.MEASURED else "U",
        )

    # ---- What the template reads ----

    def possible(self) -> list[SchemeFields]:
        """The schemes that the guidance does not rule out."""
        return [self._scheme(offer) for offer in self.page.schemes if offer.outcome != "no"]

    def ruled_out(self) -> list[SchemeFields]:
        """The schemes that do not fit as it is now."""
        return [self._scheme(offer) for offer in self.page.schemes if offer.outcome == "no"]

    def has_ruled_out_chosen(self) -> bool:
        """Whether one of those is ticked all the same."""
        return any(fields.is_open for fields in self.ruled_out())

    def situation_ranges(self) -> list[RangeFields]:
        """The numbers of the situation."""
        return [self._range(name) for name in ("benefit", "wage", "chance")]

    def effects(self) -> list[RangeFields]:
        """What each choice is thought to change."""
        return [self._range(f"effect_{choice}") for choice in CHOICES]

    def has_effect_typed(self) -> bool:
        """Whether something stands in the fields of the effect."""
        names = [f"effect_{choice}_{part}" for choice in CHOICES for part in ("low", "high", "why")]
        return any(self[name].value() or name in self.errors for name in names)

    def _scheme(self, offer: SchemeOffer) -> SchemeFields:
        names = [f"{offer.code}_{choice}" for choice in CHOICES]
        amount = f"{offer.code}_amount"
        price = None if is_free(offer) else self._range(f"{offer.code}_price")
        return SchemeFields(
            title=offer.title.in_language(language()),
            outcome=str(OUTCOMES[offer.outcome]),
            tone=OUTCOME_TONES[offer.outcome],
            choices=tuple(self[name] for name in names),
            amount=self[amount] if amount in self.fields else None,
            price=price,
            is_open=any(self[name].value() for name in names) or _has_errors(price) or bool(amount in self.errors),
        )

    def _range(self, name: str) -> RangeFields:
        label, hint = self.words[name]
        low, high, grade, why = (self[f"{name}_{part}"] for part in ("low", "high", "grade", "why"))
        return RangeFields(label=label, hint=hint, low=low, high=high, grade=grade, why=why)


def is_free(offer: SchemeOffer) -> bool:
    """Whether nothing is paid out."""
    return offer.price is not None and offer.price.high == 0


def _hours_told(offer: SchemeOffer) -> str:
    return "" if offer.hours is None else number_text(offer.hours)


def _known_price(offer: SchemeOffer) -> str:
    """What is known of the price, and what to do about it."""
    if offer.price is None:
        return _("We do not know the price. Write your own.")
    said = {"price": range_text(offer.price.low, offer.price.high), "unit": UNIT_WORDS[offer.unit]}
    return _("We reckon with %(price)s kr. %(unit)s. Write your own price when you know it better.") % said


def _has_errors(fields: RangeFields | None) -> bool:
    return fields is not None and any(one.errors for one in (fields.low, fields.high, fields.grade, fields.why))
