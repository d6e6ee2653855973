"""The forms of the dialogue: how to hold it, one answer, and agreeing."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.screening.enums import Setting, Speaker, Status
from jobbro.apps.screening.selectors import Given
from jobbro.apps.screening.services import Draft
from jobbro.apps.screening.work import LONGEST_SEARCH, work_of
from jobbro.engines.needs import LONGEST_WORDS, Topic, TopicText
from jobbro.kernel.vocabulary import SLOTS
from jobbro.webkit.fields import plain_number
from jobbro.webkit.labels import LEVEL_SENTENCES

from .words import slot_word

CHOSEN = ("level", "choice")
MANY = ("choices", "ticks")
UNTOLD = (Status.DONT_KNOW, Status.WONT_SAY)


def in_lines(text: str) -> SafeString:
    """The text with its line breaks: in the easy wordings each line is one thought."""
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.splitlines()))


class WordsField(forms.CharField):
    """Somebody's own words, kept exactly; a NUL, which nobody types and no database keeps, is left out."""

    widget = forms.Textarea

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        # The browser finds out by itself which way a text is written.
        self.widget.attrs.update({"dir": "auto", "rows": rows})

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", "").replace("\r\n", "\n")


class NumberField(forms.DecimalField):
    """A number written with a comma or a point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_digits=6, decimal_places=2, widget=forms.TextInput, **kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value) if isinstance(value, str) else value)


class WorkField(forms.MultipleChoiceField):
    """Jobs by code, in the order they stand on the page; any that is known can be chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": gettext_lazy("One of the jobs is no longer in the list. Look at your choice again.")
            },
            **kwargs,
        )

    def valid_value(self, value: Any) -> bool:
        """Every job whose demands are known."""
        return work_of(str(value)) is not None


class SettingForm(forms.Form):
    """Where the dialogue is held."""

    setting = forms.ChoiceField(
        label=gettext_lazy("How will you hold the dialogue?"),
        choices=Setting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two. You can change your mind later.")},
    )


class AnswerForm(forms.Form):
    """One topic: free words first, then what can be chosen. Nothing is required."""

    tells_optional = False
    seen = forms.UUIDField(required=False, widget=forms.HiddenInput)
    back = forms.ChoiceField(required=False, choices=[("", ""), ("summary", "")], widget=forms.HiddenInput)
    previous = forms.SlugField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        topic: Topic,
        text: TopicText,
        phrases: Mapping[str, str],
        can_choose_speaker: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic
        self.fields["words"] = WordsField(rows=5, label=in_lines(text.question), help_text=in_lines(text.hint))
        self._add_choices(text=text, phrases=phrases)
        if topic.kind == "level":
            self.fields["helps"] = WordsField(rows=2, label=in_lines(text.follow_up))
        if can_choose_speaker:
            self.fields["said_by"] = forms.ChoiceField(
                label=_("Whose words are these?"),
                required=False,
                widget=forms.RadioSelect,
                choices=[
                    (Speaker.CITIZEN, _("The citizen’s own words")),
                    (Speaker.CASEWORKER, _("The caseworker’s words")),
                ],
            )

    def _add_choices(self, *, text: TopicText, phrases: Mapping[str, str]) -> None:
        if self.topic.kind in CHOSEN:
            self.fields["chosen"] = self._chosen(text=text, phrases=phrases)
        if self.topic.kind in MANY:
            self.fields["chosen"] = forms.MultipleChoiceField(
                label=_("Tick what fits"),
                required=False,
                choices=[(code, text.choices[code]) for code in self.topic.choices],
                widget=forms.CheckboxSelectMultiple,
            )
        if self.topic.kind == "slots":
            self.fields["slots"] = forms.MultipleChoiceField(
                label=_("Tick the times that suit you"),
                required=False,
                choices=[(code, slot_word(code)) for code in SLOTS],
                widget=forms.CheckboxSelectMultiple,
            )
        for number in self.topic.numbers:
            self.fields[f"number_{number.code}"] = NumberField(label=text.numbers[number.code])
        if self.topic.kind == "occupations":
            self.fields["occupations"] = WorkField(label=_("Jobs you would like"))
            self.fields["find"] = forms.CharField(
                label=_("Look for a job"),
                help_text=_("For example “cleaner” or “warehouse”. You choose below."),
                required=False,
                max_length=LONGEST_SEARCH,
                widget=forms.TextInput(attrs={"autocomplete": "off", "type": "search"}),
            )

    def _chosen(self, *, text: TopicText, phrases: Mapping[str, str]) -> forms.ChoiceField:
        sentences = text.levels or LEVEL_SENTENCES if self.topic.kind == "level" else text.choices
        return forms.ChoiceField(
            label=in_lines(phrases["level_lead"]) if self.topic.kind == "level" else _("Choose what fits best"),
            required=False,
            widget=forms.RadioSelect,
            choices=[(str(code), sentence) for code, sentence in sentences.items()]
            + [(str(code), phrases[code]) for code in UNTOLD],
        )

    def draft(self, *, status: Status | None = None) -> Draft:
        """What was said; `status` when a button said it instead of a field."""
        found = self.cleaned_data
        chosen = found.get("chosen") or ""
        if status is None and chosen in tuple(UNTOLD):
            status = Status(chosen)
        speaker = Speaker(found.get("said_by") or Speaker.CITIZEN)
        if status is not None and status != Status.TOLD:
            return Draft(status=status, said_by=speaker, words=found["words"])
        return Draft(
            status=Status.TOLD,
            said_by=speaker,
            words=found["words"],
            helps=found.get("helps", ""),
            level=int(chosen) if self.topic.kind == "level" and chosen else None,
            choices=self._choices(chosen),
            numbers=self._numbers(),
            slots=tuple(found.get("slots", ())),
        )

    def _choices(self, chosen: str | list[str]) -> tuple[str, ...]:
        if self.topic.kind == "occupations":
            return tuple(dict.fromkeys(self.cleaned_data["occupations"]))
        if self.topic.kind == "level" or not chosen:
            return ()
        return (chosen,) if isinstance(chosen, str) else tuple(chosen)

    def _numbers(self) -> tuple[Decimal | None, ...]:
        numbers = tuple(self.cleaned_data.get(f"number_{number.code}") for number in self.topic.numbers)
        return numbers if any(number is not None for number in numbers) else ()

    def has_seen(self, answer_id: UUID | None) -> None:
        """The next sending of this form knows the newer answer."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = str(answer_id or "")
        self.data = data

    def add_problems(self, problems: tuple[str, ...]) -> None:
        """What the engine found, told at the field where it can be put right."""
        for code in problems:
            name = PROBLEM_FIELDS.get(code, "")
            if name == "numbers":
                name = f"number_{self.topic.numbers[0].code}"
            if name == "chosen" and "occupations" in self.fields:
                name = "occupations"
            field = name if name in self.fields else "words"
            self.add_error(field, self._sentence(code, field=field))

    def _sentence(self, code: str, *, field: str) -> str:
        if code in ("words_too_long", "helps_too_long"):
            return _too_long(len(self.cleaned_data.get(field, "")))
        if code == "number_out_of_range":
            number = self.topic.numbers[0]
            return _("Write a number from %(low)s to %(high)s.") % {"low": number.low, "high": number.high}
        return str(PROBLEMS.get(code, _("We could not keep this answer. Look at it once more and try again.")))


def _too_long(length: int) -> str:
    return _(
        "The text is too long. There is room for %(most)s characters, and you have written %(length)s."
        " Make it shorter, or ask your caseworker to keep the long text another way."
    ) % {"most": f"{LONGEST_WORDS:,}".replace(",", "."), "length": f"{length:,}".replace(",", ".")}


PROBLEMS = {
    "empty": gettext_lazy(
        "You have already answered this, and that answer still stands. Choose “I’d rather not say” to take it back."
    ),
    "words_unreadable": gettext_lazy("There is a sign in the text that we cannot keep. Delete it and try again."),
    "choices_contradict": gettext_lazy("Two of your choices cannot stand together. Take one of them away."),
    "rest_without_ticks": gettext_lazy("Tick what you want to talk about, or say that all of it is fine."),
    "too_many_choices": gettext_lazy("That is more than there is room for. Choose the most important ones."),
    "numbers_crossed": gettext_lazy("The first number is larger than the second. Swap them."),
    "number_not_finite": gettext_lazy("Write the number with digits, for example 12 or 12.5."),
}
PROBLEM_FIELDS = {
    "helps_too_long": "helps",
    "choices_contradict": "chosen",
    "rest_without_ticks": "chosen",
    "too_many_choices": "chosen",
    "numbers_crossed": "numbers",
    "number_not_finite": "numbers",
    "number_out_of_range": "numbers",
}


def given_fields(*, topic: Topic, given: Given | None, is_own: bool, is_together: bool) -> dict[str, Any]:
    """An earlier answer as the fields of the form, so that nobody tells the same thing twice."""
    speaker = Speaker.CITIZEN if is_own or is_together else Speaker.CASEWORKER
    if given is None:
        return {"said_by": speaker}
    untold = given.status if given.status in UNTOLD else ""
    several = list(given.choices)
    return {
        "seen": given.id,
        "said_by": given.said_by if not is_own else speaker,
        "words": given.words,
        "helps": given.helps,
        "slots": list(given.slots),
        "chosen": _chosen_before(topic=topic, given=given, untold=untold, several=several),
        **{f"number_{field.code}": number for field, number in zip(topic.numbers, given.numbers, strict=False)},
        "occupations": several,
    }


def _chosen_before(*, topic: Topic, given: Given, untold: str, several: list[str]) -> str | list[str]:
    if topic.kind == "level":
        return str(given.level) if given.level is not None else str(untold)
    return several if topic.kind in MANY else (several[0] if several else str(untold))


class AgreeForm(forms.Form):
    """A caseworker agrees, and records what the citizen said in the meeting; a citizen only sends the version read."""

    seen = forms.UUIDField(widget=forms.HiddenInput)
    citizen = forms.BooleanField(required=False, label=gettext_lazy("The citizen has read it and agrees"))
    staff = forms.BooleanField(required=False, label=gettext_lazy("I have read it and agree"))

    def __init__(self, *args: Any, is_own: bool, missing: tuple[Speaker, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_own = is_own
        if is_own or Speaker.CITIZEN not in missing:
            del self.fields["citizen"]
        if is_own or Speaker.CASEWORKER not in missing:
            del self.fields["staff"]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.is_own and not (found.get("citizen") or found.get("staff")):
            self.add_error(None, _("Tick who agrees. If you do not agree yet, go back to the summary."))
        return found

    @property
    def parties(self) -> tuple[Speaker, ...]:
        """Who agrees by this form."""
        if self.is_own:
            return (Speaker.CITIZEN,)
        ticked = {"citizen": Speaker.CITIZEN, "staff": Speaker.CASEWORKER}
        return tuple(party for name, party in ticked.items() if self.cleaned_data.get(name))

    @property
    def version(self) -> UUID:
        return self.cleaned_data["seen"]
