"""Knowledge: found by words, read with its wordings, and near answers while somebody writes a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from jobbro.apps.accounts.actor import Actor
from jobbro.apps.organisations.stamps import stamp_of
from jobbro.kernel.vocabulary import GROUPS, SCHEMES

from ..highlighting import Part, extract, marked, words_of
from ..models import Entry, EntryVersion, Question, Useful
from ..permissions import reach_of
from ..services.knowledge import ENTRY_FIELDS
from ..wording import LONGEST_TITLE

PAGE_SIZE = 20
MOST_NEAR = 5
MOST_WORDS = 12
MOST_PAGES = 500
_STEMS = "select key_persons_stems(%s::text[])"
_FIND = "select entry_id, total from key_persons_find(%s::text[], %s::text, %s::text, %s::text, %s::int, %s::int)"
_COUNTS = "select entry_id, number from key_persons_useful_counts(%s::uuid[])"


@dataclass(frozen=True, kw_only=True)
class KnowledgeSearch:
    """What is looked for; each part may be empty. `number` is the page."""

    words: str = ""
    scheme: str = ""
    group: str = ""
    number: int = 1


@dataclass(frozen=True, kw_only=True)
class Found:
    """An entry that fits, with the words that were looked for marked."""

    id: UUID
    title: tuple[Part, ...]
    extract: tuple[Part, ...]
    schemes: tuple[str, ...]
    groups: tuple[str, ...]
    law: str
    useful: int
    is_outdated: bool
    is_to_check: bool
    from_municipality: str


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """One page of what was found. `is_alike`: nothing has the words, these have words that are spelt nearly so."""

    search: KnowledgeSearch
    found: tuple[Found, ...]
    total: int
    pages: int
    is_alike: bool
    can_write: bool
    to_check: int


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """One entry with all that its page shows."""

    entry: Entry
    seen: str
    useful: int
    is_useful_to_me: bool
    is_outdated: bool
    is_to_check: bool
    municipality: str
    is_ours: bool
    can_change: bool
    versions: tuple[EntryVersion, ...]


@dataclass(frozen=True, kw_only=True)
class EntryStart:
    """What the form of a new entry begins with."""

    question_id: UUID | None
    title: str
    answer: str
    schemes: tuple[str, ...]
    groups: tuple[str, ...]
    municipalities: tuple[tuple[str, str], ...]


def knowledge(*, actor: Actor, search: KnowledgeSearch, on: date) -> Knowledge:
    """What fits, best first; when nothing has the words, what is spelt nearly so."""
    stems = stems_of(search.words)
    reach = reach_of(actor)
    ids, total = _ids(stems, how="all", search=search)
    is_alike = bool(stems) and not total
    if is_alike:
        ids, total = _ids(stems, how="alike", search=search)
    to_check = Entry.objects.visible_to(actor).filter(
        municipality_id__in=reach.municipalities, withdrawn_at__isnull=True, check_on__lte=on
    )
    return Knowledge(
        search=search,
        found=_told(actor=actor, ids=ids, stems=stems, on=on),
        total=total,
        pages=-(-total // PAGE_SIZE),
        is_alike=is_alike and bool(total),
        can_write=bool(reach.municipalities),
        to_check=to_check.count() if reach.municipalities else 0,
    )


def near_answers(*, actor: Actor, text: str, scheme: str = "", on: date) -> tuple[Found, ...]:
    """The few entries that have most in common with a question that is being written."""
    words = sorted(stems_of(text), key=len, reverse=True)[:MOST_WORDS]
    if not words:
        return ()
    search = KnowledgeSearch(scheme=scheme if scheme in SCHEMES else "")
    ids, _ = _ids(words, how="any", search=search, most=MOST_NEAR)
    return _told(actor=actor, ids=ids, stems=words, on=on)


def entry_page(*, actor: Actor, entry_id: UUID, on: date) -> EntryPage | None:
    """The entry with every wording that the actor may read, newest first."""
    found = Entry.objects.visible_to(actor).select_related("municipality").defer("search", "folded")
    entry = found.filter(pk=entry_id).first()
    if entry is None:
        return None
    can_change = entry.municipality_id in reach_of(actor).municipalities
    return EntryPage(
        entry=entry,
        seen=stamp_of(entry, *ENTRY_FIELDS),
        useful=_useful([entry.pk]).get(entry.pk, 0),
        is_useful_to_me=Useful.objects.filter(entry=entry, user_id=actor.id).exists(),
        is_outdated=_is_outdated(entry, on=on),
        is_to_check=entry.check_on <= on,
        municipality=entry.municipality.name,
        is_ours=entry.municipality_id in actor.codes,
        can_change=can_change,
        versions=tuple(EntryVersion.objects.filter(entry=entry).order_by("-number")),
    )


def entry_start(*, actor: Actor, question_id: UUID | None) -> EntryStart | None:
    """The form of a new entry, filled from a question that the actor answered for; None when that is not theirs."""
    reach = reach_of(actor)
    if not reach.municipalities:
        return None
    names = dict(actor.municipalities)
    places = tuple((code, names.get(code, code)) for code in reach.municipalities)
    if question_id is None:
        return EntryStart(question_id=None, title="", answer="", schemes=(), groups=(), municipalities=places)
    question = Question.objects.visible_to(actor).filter(pk=question_id, answered_at__isnull=False).first()
    if question is None:
        return None
    answers = question.turns.filter(kind="answer").order_by("at").values_list("text", flat=True)
    return EntryStart(
        question_id=question.pk,
        title=" ".join(question.text.split())[:LONGEST_TITLE],
        answer="\n\n".join(answers),
        schemes=tuple(question.schemes),
        groups=tuple(question.groups),
        municipalities=places,
    )


def stems_of(text: str) -> list[str]:
    """The stems of the words that say something, at most a dozen."""
    words = words_of(text.replace("\0", " "))[: 10 * MOST_WORDS]
    if not words:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_STEMS, [words])
        return list(cursor.fetchone()[0])[: 5 * MOST_WORDS]


def _ids(stems: Sequence[str], *, how: str, search: KnowledgeSearch, most: int = PAGE_SIZE) -> tuple[list[UUID], int]:
    scheme = search.scheme if search.scheme in SCHEMES else ""
    group = search.group if search.group in GROUPS else ""
    number = min(max(search.number, 1), MOST_PAGES)
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [list(stems)[:MOST_WORDS], how, scheme, group, most, (number - 1) * most])
        rows = cursor.fetchall()
    return [entry_id for entry_id, _ in rows], rows[0][1] if rows else 0


def _told(*, actor: Actor, ids: list[UUID], stems: Sequence[str], on: date) -> tuple[Found, ...]:
    if not ids:
        return ()
    found = Entry.objects.visible_to(actor).select_related("municipality").defer("search", "folded")
    entries = {entry.pk: entry for entry in found.filter(pk__in=ids)}
    useful = _useful(ids)
    return tuple(
        _found(entries[entry_id], actor=actor, stems=stems, useful=useful.get(entry_id, 0), on=on)
        for entry_id in ids
        if entry_id in entries
    )


def _found(entry: Entry, *, actor: Actor, stems: Sequence[str], useful: int, on: date) -> Found:
    return Found(
        id=entry.pk,
        title=marked(entry.title, stems=stems),
        extract=extract(entry.answer, stems=stems),
        schemes=tuple(entry.schemes),
        groups=tuple(entry.groups),
        law=entry.law,
        useful=useful,
        is_outdated=_is_outdated(entry, on=on),
        is_to_check=entry.check_on <= on,
        from_municipality="" if entry.municipality_id in actor.codes else entry.municipality.name,
    )


def _is_outdated(entry: Entry, *, on: date) -> bool:
    return entry.withdrawn_at is not None or (entry.valid_until is not None and entry.valid_until < on)


def _useful(ids: list[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [ids])
        return dict(cursor.fetchall())
