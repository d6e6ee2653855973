"""What was told, as the words on the page: topics, levels, half-days, jobs, changes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobbro.apps.screening.enums import Speaker
from jobbro.apps.screening.selectors import CoursePage
from jobbro.apps.screening.work import work_of
from jobbro.engines.needs import Change, Guide, Need, Part, Profile, Told, Topic, part_wording, source_sentence, wording
from jobbro.engines.support.occupations import Occupation
from jobbro.kernel.vocabulary import GROUPS
from jobbro.webkit.charts import NeedRow
from jobbro.webkit.labels import AREA_LABELS, GROUP_LABELS, LEVEL_WORDS, STATUS_WORDS
from jobbro.webkit.schemes.values import week_hours

Changed = Mapping[str, Change]
LINE = 120
FEWEST_SHARED = 4
DAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was told, with who said it, and what somebody else sees differently."""

    topic: str
    title: str
    told: str
    words: str = ""
    helps: str = ""
    said_by: str = ""
    written_by: str = ""
    answered_on: date | None = None
    is_own_words: bool = False
    is_known: bool = False
    change: str = ""
    other: str = ""
    other_words: str = ""

    @property
    def source(self) -> tuple[str, date | None, str]:
        """Who said it, when, and who wrote it down."""
        return self.said_by, self.answered_on, self.written_by


@dataclass(frozen=True, kw_only=True)
class Section:
    """The lines of one part or group, the areas one sentence called easy, and what nobody has talked about."""

    title: str
    lines: tuple[Line, ...]
    untold: tuple[Line, ...]
    easy: tuple[Line, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The language and reading level of the page."""

    language: str
    is_easy: bool


def need_rows(profile: Profile) -> tuple[NeedRow, ...]:
    """The profile as the picture draws it: a line of words an area; the whole text stands in the summary."""
    return tuple(
        NeedRow(area=need.area, level=need.level, words=Truncator(need.words).chars(LINE), status=need.status)
        for need in profile.needs
    )


def sections(page: CoursePage, *, voice: Wording) -> tuple[Section, ...]:
    """Everything in the order of the conversation: the parts that are no areas, then the areas group by group."""
    changed = {change.subject: change for change in page.changes}
    parts = (_part_section(page, part=part, changed=changed, voice=voice) for part in page.guide.parts)
    groups = (_group_section(page, group=group, changed=changed, voice=voice) for group in GROUPS)
    return tuple(section for section in (*parts, *groups) if section.lines or section.easy or section.untold)


def usual_line(told: Iterable[Section]) -> Line | None:
    """A line whose source most lines share, so that the page tells it once; None for a few lines or own words."""
    lines = [line for section in told for line in (*section.lines, *section.easy)]
    found = Counter(line.source for line in lines).most_common(1)
    if not found or found[0][1] < FEWEST_SHARED:
        return None
    line = next(line for line in lines if line.source == found[0][0])
    return None if line.is_own_words and not line.written_by else line


def _part_section(page: CoursePage, *, part: Part, changed: Changed, voice: Wording) -> Section:
    topics = [topic for topic in part.topics if topic.area is None and topic.kind != "ticks"]
    entries = [(topic, page.profile.about(topic.code)) for topic in topics]
    return Section(
        title=part_wording(part, voice.language, voice.is_easy).title,
        lines=tuple(_told_line(page, topic, told, changed, voice) for topic, told in entries if _is_said(told)),
        untold=tuple(_bare(topic, voice) for topic, told in entries if not _is_said(told)),
    )


def _group_section(page: CoursePage, *, group: str, changed: Changed, voice: Wording) -> Section:
    entries = [(page.guide.topic(area), page.profile.need(area)) for area in GROUPS[group]]
    first = page.guide.first_round(group)
    said = page.profile.about(first.code)
    # Of the light question only the person's own words are a line: what was ticked speaks through the areas.
    own = (
        (_told_line(page, first, said, changed, voice),)
        if said.words or said.status in ("dont_know", "wont_say")
        else ()
    )
    lines = [(need, _need_line(page, topic, need, changed, voice)) for topic, need in entries if _is_said(need)]
    easy = _easy_areas([need for need, line in lines if not line.change])
    return Section(
        title=str(GROUP_LABELS[group]),
        lines=own + tuple(line for need, line in lines if need.area not in easy),
        easy=tuple(line for need, line in lines if need.area in easy),
        untold=tuple(_bare(topic, voice) for topic, need in entries if not _is_said(need)),
    )


def _easy_areas(needs: list[Need]) -> tuple[str, ...]:
    """The areas that one answer about the whole group called easy, where nothing more was said."""
    plain = [need for need in needs if need.source_choice and not (need.words or need.helps or need.other)]
    return tuple(need.area for need in plain if need.source_answer_id == plain[0].source_answer_id)


def told_lines(guide: Guide, profile: Profile, *, voice: Wording) -> tuple[Line, ...]:
    """What was told besides the areas, in the order of the conversation: title and words."""
    topics = [(guide.by_code.get(told.topic), told) for told in profile.told if told.status == "told"]
    return tuple(
        Line(
            topic=topic.code,
            title=wording(topic, voice.language, voice.is_easy).title,
            told=told_words(topic, told.choices, told.numbers, told.slots, voice=voice),
            words=told.words,
        )
        for topic, told in topics
        if topic is not None and topic.kind != "ticks"
    )


def _is_said(entry: Need | Told) -> bool:
    return entry.status in ("told", "dont_know", "wont_say")


def _bare(topic: Topic, voice: Wording) -> Line:
    return Line(topic=topic.code, title=wording(topic, voice.language, voice.is_easy).title, told="")


def _need_line(page: CoursePage, topic: Topic, need: Need, changed: Changed, voice: Wording) -> Line:
    sentence = source_sentence(page.guide, need, language=voice.language, easy=voice.is_easy)
    other = need.other
    return Line(
        topic=topic.code,
        title=wording(topic, voice.language, voice.is_easy).title,
        told=sentence or str(STATUS_WORDS[need.status]),
        words=need.words,
        helps=need.helps,
        other=f"{speaker_word(page, other.said_by)}: {LEVEL_WORDS[other.level]}" if other else "",
        other_words=other.words if other else "",
        **_source(page, need, changed.get(need.area)),
    )


def _told_line(page: CoursePage, topic: Topic, told: Told, changed: Changed, voice: Wording) -> Line:
    picked = told_words(topic, told.choices, told.numbers, told.slots, voice=voice)
    other = told.other
    seen = told_words(topic, other.choices, other.numbers, other.slots, voice=voice) if other else ""
    return Line(
        topic=topic.code,
        title=wording(topic, voice.language, voice.is_easy).title,
        told=picked or ("" if told.status == "told" else str(STATUS_WORDS[told.status])),
        words=told.words,
        other=f"{speaker_word(page, other.said_by)}: {seen}" if other else "",
        other_words=other.words if other else "",
        **_source(page, told, changed.get(topic.code)),
    )


def _source(page: CoursePage, entry: Need | Told, change: Change | None) -> dict[str, Any]:
    writer = page.names.get(entry.source_answer_id or "", "")
    return {
        "said_by": speaker_word(page, entry.said_by) if entry.said_by else "",
        "is_own_words": page.who.is_own and entry.said_by == Speaker.CITIZEN,
        "written_by": "" if entry.said_by == Speaker.CITIZEN and writer == page.who.name else writer,
        "answered_on": entry.answered_on,
        "is_known": entry.source_answer_id in page.known,
        "change": change_word(change) if change else "",
    }


def told_words(
    topic: Topic,
    choices: Iterable[str],
    numbers: Iterable[float | None],
    slots: Iterable[str],
    *,
    voice: Wording,
) -> str:
    """What was picked, in words: choices, numbers with their labels, half-days, jobs."""
    text = wording(topic, voice.language, voice.is_easy)
    found = [choice_word(topic, code, labels=text.choices) for code in choices]
    pairs = zip(topic.numbers, numbers, strict=False)
    said = {field.code: number for field, number in pairs if number is not None}
    return "; ".join([*found, *numbers_words(said, labels=text.numbers), *slots_words(slots)])


def numbers_words(said: Mapping[str, float], *, labels: Mapping[str, str]) -> list[str]:
    """“18 til 20 timer om ugen”, “højst 6 km”; a number without a sentence of its own keeps its label."""
    told = {code: number_word(number) for code, number in said.items()}
    if told.keys() == {"least", "most"}:
        return [_between(said)] if told["least"] != told["most"] else [week_hours(said["most"])]
    sentences = {
        "least": _("at least %(hours)s"),
        "most": _("at most %(hours)s"),
        "most_km": _("at most %(number)s km"),
    }
    return [
        sentences[code] % {"number": word, "hours": week_hours(said[code])}
        if code in sentences
        else f"{labels[code]}: {word}"
        for code, word in told.items()
    ]


def _between(said: Mapping[str, float]) -> str:
    return _("%(least)s to %(most)s") % {"least": number_word(said["least"]), "most": week_hours(said["most"])}


def choice_word(topic: Topic, code: str, *, labels: Mapping[str, str]) -> str:
    """The label of a choice; a code that has left the guide stands as it is."""
    if topic.kind == "occupations":
        return work_name(work) if (work := work_of(code)) else code
    return labels.get(code, code)


def work_name(work: Occupation) -> str:
    """The job in the language of the page, as far as it has a name there."""
    return work.name.in_language("en" if (get_language() or "da").startswith("en") else "da")


def danish_key(text: str) -> str:
    """Sorts æ, ø and å last."""
    return text.lower().translate(str.maketrans("æøå", "{|}"))


def number_word(number: float) -> str:
    """12,5 in Danish, 12.5 in English, and 12 without decimals."""
    text = f"{number:g}"
    return text if (get_language() or "da").startswith("en") else text.replace(".", ",")


def slot_word(code: str) -> str:
    """“mandag formiddag”."""
    day, half = code.split("_")
    name = str(WEEKDAYS[DAYS[day]])
    return (_("%(day)s morning") if half == "am" else _("%(day)s afternoon")) % {"day": name}


def slots_words(codes: Iterable[str]) -> list[str]:
    """“mandag til fredag formiddag”: days in a row are told as one, and equal halves as whole days."""
    chosen = frozenset(codes)
    mornings, afternoons = (
        [place for day, place in DAYS.items() if f"{day}_{half}" in chosen] for half in ("am", "pm")
    )
    if mornings and mornings == afternoons:
        return [_("%(days)s, all day") % {"days": days_words(mornings)}]
    halves = ((mornings, _("%(day)s morning")), (afternoons, _("%(day)s afternoon")))
    return [sentence % {"day": days_words(places)} for places, sentence in halves if places]


def days_words(places: list[int]) -> str:
    """“mandag til onsdag og fredag”; two days side by side are named one by one."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    names = [name for run in runs for name in _run_words(run)]
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _run_words(run: list[int]) -> list[str]:
    days = [str(WEEKDAYS[place]) for place in run]
    return [_("%(first)s to %(last)s") % {"first": days[0], "last": days[-1]}] if len(days) > 2 else days


def speaker_word(page: CoursePage, speaker: str) -> str:
    """Whose words, as the reader would say it."""
    return _("Your own words") if page.who.is_own and speaker == Speaker.CITIZEN else str(Speaker(speaker).label)


def change_word(change: Change) -> str:
    """What changed since last time, in a few words."""
    return {
        "new": _("New since last time"),
        "easier": _("Easier than last time"),
        "harder": _("Harder than last time"),
        "now_known": _("Now we know more than last time"),
        "no_longer_known": _("Last time there was an answer"),
        "words_changed": _("Told in other words than last time"),
        "answer_changed": _("Different from last time"),
    }[change.kind]


def subject_title(guide: Guide, subject: str, *, voice: Wording) -> str:
    """The name of an area or a topic."""
    if subject in AREA_LABELS:
        return str(AREA_LABELS[subject])
    return wording(guide.topic(subject), voice.language, voice.is_easy).title
