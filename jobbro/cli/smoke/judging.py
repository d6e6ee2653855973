"""What must never happen, looked for in every answer."""

import html
import re
from collections.abc import Iterable, Iterator
from uuid import UUID

from .shapes import CLOSED, Answer, Person, Place, Problem, Visitor
from .truth import words

# Tags inside a line do not part a name; every other one does, so that two cells of a table never make a third name.
INLINE, TAG = re.compile(r"</?(?:a|b|em|i|mark|small|span|strong)\b[^>]*>"), re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(r'="([^"]*)"')
CPR = re.compile(r"(?<!\d)(\d{6})[-\u2011\u2013 ]?(\d{4})(?!\d)")
UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# CSRF tokens are masked anew in each answer; a form token is a fresh id.
TOKEN = re.compile(r'(?<![A-Za-z0-9])[A-Za-z0-9]{64}(?![A-Za-z0-9])|name="form_token"\s+value="[^"]*"')
REFUSALS = (302, 401, 403, 404, 405)
# An empty form is refused or followed by a page, so that loading again sends nothing twice. These answer at once:
SHOWN_ONCE = {
    "citizen_address": "the protected address is shown to who asks for it, and recorded, never kept in the history",
    "open_guide_questions": "the answers travel in the form, and nothing is kept that a redirect could show",
    "open_guide_results": "the same",
    "self_check": "the same",
    "self_check_result": "the same",
    "calendar_feed_make": "the secret address is shown once",
    "external_person_login": "the first password is shown once",
    "knowledge_near": "earlier answers near to a question that is being written are shown, and nothing is kept",
    "guidance_what_if": "what would be otherwise is shown, and nothing is kept",
    "citizen_invite": "the first password is shown once",
    "staff_password": "the new password is shown once",
    "contact_invite": "the first password is shown once",
}
# Names on these pages are examples; somebody may happen to have the same.
EXAMPLES = {"import_template": "an empty file with one example row"}
# A move to another municipality: who receives somebody, and who has sent them off, reads the name before or after
# the wall lets them in.
OF_A_MOVE = ("moved_in", "move_take", "moved_away")
TEXTS = ("text/", "application/json", "image/svg")


class People:
    """All citizens, found in a text by their full names, their numbers and their ids."""

    def __init__(self, people: Iterable[Person], *, shared_names: set[tuple[str, ...]]) -> None:
        self.by_id = {person.id: person for person in people}
        self._by_name: dict[tuple[str, ...], set[UUID]] = {}
        self._by_cpr: dict[str, set[UUID]] = {}
        for person in self.by_id.values():
            self._by_cpr.setdefault(person.cpr, set()).add(person.id)
            for name in set(person.names) - shared_names:
                self._by_name.setdefault(name, set()).add(person.id)
        self._starts: dict[str, list[tuple[str, ...]]] = {}
        for name in self._by_name:
            self._starts.setdefault(name[0], []).append(name)
        self.without_canary = sum(1 for p in self.by_id.values() if set(p.names) <= shared_names)

    def named_in(self, text: str) -> list[set[UUID]]:
        """For each name that stands there, everybody who bears it."""
        found: dict[tuple[str, ...], set[UUID]] = {}
        for part in (TAG.sub(" | ", INLINE.sub(" ", text)), " | ".join(ATTRIBUTE.findall(text))):
            spoken = words(html.unescape(part))
            for at, word in enumerate(spoken):
                for name in self._starts.get(word, ()):
                    if spoken[at : at + len(name)] == name:
                        found[name] = self._by_name[name]
        return list(found.values())

    def numbered_in(self, text: str) -> set[UUID]:
        """Everybody whose CPR number stands there."""
        return {person for a, b in CPR.findall(text) for person in self._by_cpr.get(a + b, ())}

    def pointed_at_in(self, text: str) -> set[UUID]:
        """Everybody whose id stands there."""
        return {UUID(found) for found in UUID_TEXT.findall(text)} & self.by_id.keys()


def text_of(answer: Answer) -> str:
    """The body when it is text about people; a PDF or a spreadsheet is judged by its address."""
    if answer.visit.page in EXAMPLES:
        return ""
    return answer.body.decode("utf-8", errors="replace") if answer.kind.startswith(TEXTS) else ""


def problems_of(
    answer: Answer, *, visitor: Visitor, people: People, looked: set[UUID], is_allowed: bool
) -> Iterator[Problem]:
    """Everything wrong with one answer."""
    visit = answer.visit
    if answer.status >= 500:
        yield Problem(visit, f"answered {answer.status}.")
    if not is_allowed and answer.status not in REFUSALS:
        yield Problem(visit, f"its rule does not let this role in, but it answered {answer.status}.")
    if visit.place in CLOSED and answer.status == 200:
        yield Problem(visit, "a thing that is not theirs was answered 200.")
    if visit.method == "POST" and not 300 <= answer.status < 600 and visit.page not in SHOWN_ONCE:
        yield Problem(visit, f"an empty form was answered {answer.status}, neither refused nor followed by a page.")
    text = text_of(answer)
    yield from _leaks(answer, text=text, visitor=visitor, people=people)
    yield from _looks(answer, text=text, visitor=visitor, people=people, looked=looked)


def _leaks(answer: Answer, *, text: str, visitor: Visitor, people: People) -> Iterator[Problem]:
    mine = visitor.seen | ({visitor.citizen_id} if visitor.citizen_id else set())
    named = mine | visitor.moving if answer.visit.page in OF_A_MOVE else mine
    for bearers in people.named_in(text):
        if not bearers & named:
            yield Problem(answer.visit, f"the name of citizen {min(bearers)}, whom the wall hides, stands on the page.")
    for person in sorted(people.numbered_in(text) - mine):
        yield Problem(answer.visit, f"the CPR number of citizen {person}, whom the wall hides, stands on the page.")
    asked = {UUID(value) for value in answer.visit.values if UUID_TEXT.fullmatch(value)}
    for person in sorted(people.pointed_at_in(text) - mine - asked):
        yield Problem(answer.visit, f"the id of citizen {person}, whom the wall hides, stands on the page.")
    for person in sorted(people.numbered_in(answer.location)):
        yield Problem(answer.visit, f"the CPR number of citizen {person} stands in an address.")


def _looks(answer: Answer, *, text: str, visitor: Visitor, people: People, looked: set[UUID]) -> Iterator[Problem]:
    """A person is shown: then the look was recorded with this request. One's own name at the top is no look."""
    for bearers in people.named_in(text):
        if visitor.citizen_id not in bearers and not bearers & looked:
            yield Problem(answer.visit, f"shows citizen {min(bearers)} and left no record of the look.")
    if answer.status == 200 and not text and answer.visit.place == Place.OWN:
        asked = {UUID(value) for value in answer.visit.values if UUID_TEXT.fullmatch(value)} & people.by_id.keys()
        for person in sorted(asked - looked):
            yield Problem(answer.visit, f"hands out a file about citizen {person} and left no record of the look.")


def unequal(answers: Iterable[Answer]) -> Iterator[Problem]:
    """An id of somebody else's is answered exactly like one that nobody has."""
    groups: dict[tuple[str, str, str], dict[Place, Answer]] = {}
    for answer in answers:
        visit = answer.visit
        if visit.place in CLOSED:
            groups.setdefault((visit.page, visit.visitor, visit.method), {})[visit.place] = answer
    for places in groups.values():
        unknown = places.get(Place.UNKNOWN)
        for place, answer in places.items():
            if unknown is not None and place != Place.UNKNOWN and _essence(answer) != _essence(unknown):
                yield Problem(
                    answer.visit,
                    f"is answered otherwise ({answer.status}) than an id that nobody has ({unknown.status}).",
                )


def _essence(answer: Answer) -> tuple[int, str, str]:
    """The answer without what differs by nature: the ids asked for, and the tokens of forms."""
    text, location = TOKEN.sub("", text_of(answer)), answer.location
    for value in answer.visit.values:
        # A short number stands elsewhere too; as part of an address it is the one that was asked for.
        mark = value if UUID_TEXT.fullmatch(value) else f"/{value}/"
        text, location = text.replace(mark, "/*/"), location.replace(mark, "/*/")
    return answer.status, location, text
