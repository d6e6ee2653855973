"""One question as the page shows it: its wording, its form, and how far the conversation is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.safestring import SafeString

from jobbro.apps.screening.enums import Setting, Status
from jobbro.apps.screening.selectors import DialoguePage, Given
from jobbro.engines.needs import Topic, load_guide, part_wording, phrases, wording
from jobbro.webkit.charts import NeedRow
from jobbro.webkit.forms import FieldParts, field_parts
from jobbro.webkit.labels import LEVEL_WORDS, STATUS_WORDS
from jobbro.webkit.requests import Request

from .forms import CHOSEN, AnswerForm, given_fields, in_lines
from .words import Line, Wording, need_rows, told_lines, told_words
from .work import WorkChoice, work_choice

# How many choices from the end stand below a line: they say something about the question, not about an answer to it.
LINE_BEFORE = {"level": 2, "choice": 2, "ticks": 3}


@dataclass(frozen=True, kw_only=True)
class Earlier:
    """What somebody else answered while this answer was being written."""

    by: str
    at: datetime
    told: str
    words: str
    helps: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """All that the page of one topic shows."""

    citizen_id: UUID
    name: str
    is_own: bool
    topic: str
    title: str
    part_title: str
    part_intro: SafeString
    form: AnswerForm
    chosen: FieldParts | None
    has_untold_choices: bool
    line_before: int
    lead: SafeString
    labels: dict[str, str]
    position: int | None
    total: int
    may_grow: bool
    previous: str
    is_correction: bool
    is_again: bool
    saved_at: datetime | None
    needs: tuple[NeedRow, ...]
    told: tuple[Line, ...]
    earlier: Earlier | None
    work: WorkChoice | None

    @property
    def has_needs(self) -> bool:
        return any(row.is_told for row in self.needs)


def voice_of(request: Request) -> Wording:
    """The language and reading level of this request."""
    return Wording(language=request.LANGUAGE_CODE, is_easy=request.is_easy)


def answer_form(request: Request, *, topic: Topic, shown: DialoguePage | None = None) -> AnswerForm:
    """The form of a topic: with what was typed on a POST, else with what is known."""
    voice = voice_of(request)
    is_own = request.actor.citizen_id is not None
    return AnswerForm(
        request.POST if request.method == "POST" and shown is None else None,
        initial=_initial(request, shown=shown, is_own=is_own) if shown else None,
        topic=topic,
        text=wording(topic, voice.language, voice.is_easy),
        phrases=phrases(load_guide(), voice.language, voice.is_easy),
        can_choose_speaker=not is_own,
    )


def _initial(request: Request, *, shown: DialoguePage, is_own: bool) -> dict[str, Any]:
    known = given_fields(
        topic=shown.topic,
        given=shown.given,
        is_own=is_own,
        is_together=shown.talk.setting == Setting.TOGETHER,
    )
    return {**known, "previous": shown.previous or "", "back": request.GET.get("back", "")}


def question_of(request: Request, *, shown: DialoguePage, form: AnswerForm, earlier: Earlier | None = None) -> Question:
    """The question with its wording in the language and reading level of the request."""
    voice = voice_of(request)
    text = wording(shown.topic, voice.language, voice.is_easy)
    part = part_wording(shown.guide.part(shown.topic.part), voice.language, voice.is_easy)
    shared = phrases(shown.guide, voice.language, voice.is_easy)
    return Question(
        citizen_id=shown.who.citizen_id,
        name=shown.who.name,
        is_own=shown.who.is_own,
        topic=shown.topic.code,
        title=text.title,
        part_title=part.title,
        part_intro=in_lines(part.intro) if shown.opens_part else SafeString(""),
        form=form,
        chosen=field_parts(bound=form["chosen"]) if "chosen" in form.fields else None,
        has_untold_choices=shown.topic.kind in CHOSEN,
        line_before=LINE_BEFORE.get(shown.topic.kind, 0),
        lead=_lead(shown, shared=shared),
        labels={code: shared[code] for code in ("skip", "dont_know", "wont_say")},
        position=shown.position,
        total=shown.progress.total,
        may_grow=shown.progress.may_grow,
        previous=shown.previous or "",
        is_correction=form["back"].value() == "summary",
        is_again=shown.is_again,
        saved_at=shown.saved_at,
        needs=need_rows(shown.profile),
        told=told_lines(shown.guide, shown.profile, voice=voice),
        earlier=earlier,
        work=work_choice(form) if "occupations" in form.fields else None,
    )


def earlier_of(request: Request, *, shown: DialoguePage) -> Earlier:
    """The other answer, in words."""
    given = shown.given
    assert given is not None, "there is another answer, or nothing would be stale"
    return Earlier(
        by=shown.given_by,
        at=given.answered_at,
        told=_told(shown.topic, given, voice=voice_of(request)),
        words=given.words,
        helps=given.helps,
    )


def _told(topic: Topic, given: Given, *, voice: Wording) -> str:
    if given.status != Status.TOLD:
        return str(STATUS_WORDS[given.status])
    if topic.kind == "level" and given.level is not None:
        return wording(topic, voice.language, voice.is_easy).levels.get(given.level) or str(LEVEL_WORDS[given.level])
    return told_words(topic, given.choices, given.numbers, given.slots, voice=voice)


def _lead(shown: DialoguePage, *, shared: Any) -> SafeString:
    if shown.is_known:
        return in_lines(shared["still_right"])
    return in_lines(shared["asked_again"]) if shown.is_again else SafeString("")
