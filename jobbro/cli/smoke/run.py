"""The course of a smoke run."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

import psycopg

from jobbro.cli.django_setup import start_django

from .arguments import ARGUMENTS, ArgumentTable
from .judging import People, problems_of, unequal
from .printing import as_json as json_of
from .printing import table
from .product import Product, running_product
from .shapes import Answer, Page, Place, Problem, Visit, Visitor
from .truth import Truth

SIZE = 300
ROLES = ("team_lead", "caseworker", "job_broker", "key_person", "administrator", "analyst")


@dataclass(frozen=True)
class Outcome:
    """Everything a run found."""

    pages: list[Page]
    visitors: list[Visitor]
    answers: list[Answer]
    problems: list[Problem]
    notes: list[str]


def run_smoke(*, as_json: bool, size: int = SIZE) -> int:
    """0 when nothing is wrong. Prints URL name x role with status, queries and milliseconds, then what is wrong."""
    started = time.monotonic()
    with running_product(size=size) as product:
        start_django(database_url=product.database.app_url)
        outcome = _visit_everything(product)
        fallen = [str(p) for p in outcome.problems if "answered 5" in p.sentence]
        log = product.faults() if fallen else []
    seconds = time.monotonic() - started
    if as_json:
        print(json_of(answers=outcome.answers, problems=outcome.problems, notes=outcome.notes, seconds=seconds))
    else:
        _print(outcome, seconds=seconds)
    for line in log:
        print(line, file=sys.stderr)
    return 1 if outcome.problems else 0


def _visit_everything(product: Product) -> Outcome:
    from .pages import actor_behind, all_pages

    with psycopg.connect(str(product.database.owner_url), autocommit=True) as connection:
        truth = Truth(connection)
        visitors, notes = visitors_of(truth)
        people = People(truth.people(), shared_names=truth.staff_names())
        pages, sentences = all_pages({v.label: actor_behind(v.user_id) for v in visitors})
        problems = [Problem(None, sentence) for sentence in [*sentences, *_unknown_arguments(pages)]]
        visits = list(_visits(pages, visitors=visitors, truth=truth, notes=notes))
        answers = _answers(visits, visitors=visitors, port=product.port)
        problems += _judge(answers, pages=pages, visitors=visitors, people=people, truth=truth)
    if people.without_canary:
        notes.append(f"{people.without_canary} citizens share their name with an employee and were not looked for.")
    notes += _never_shown(pages, answers)
    return Outcome(pages=pages, visitors=visitors, answers=answers, problems=problems, notes=notes)


def visitors_of(truth: Truth) -> tuple[list[Visitor], list[str]]:
    """A stranger, one of each role, a citizen, an employer, somebody outside; a note for each that the data lack."""
    code = truth.largest_municipality()
    found = [Visitor(label="anonymous", user_id=None, citizen_id=None, seen=frozenset())]
    notes = []
    held = truth.staff_by_role(code)
    for role in ROLES:
        candidates = [
            Visitor(label=role, user_id=i, citizen_id=None, seen=truth.seen_by(i), moving=truth.moving_past(i))
            for i in held.get(role, ())
        ]
        if candidates:
            found.append(max(candidates, key=lambda visitor: len(visitor.seen)))
        else:
            notes.append(f"Nobody in the demo data is only {role}: no page was visited in that role.")
    citizen = truth.citizen_with_login(code)
    if citizen:
        person, account = citizen
        found.append(Visitor(label="citizen", user_id=account, citizen_id=person, seen=truth.seen_by(account)))
    else:
        notes.append("No citizen in the demo data can log in: no page was visited as a citizen.")
    employer = truth.employer_with_login(code)
    if employer:
        found.append(Visitor(label="employer", user_id=employer, citizen_id=None, seen=frozenset()))
    else:
        notes.append("Nobody at a company in the demo data can log in: no page was visited as an employer.")
    external = truth.external_with_login(code)
    if external:
        found.append(Visitor(label="external", user_id=external, citizen_id=None, seen=frozenset()))
    else:
        notes.append("Nobody at a partner in the demo data can log in: no page was visited as somebody outside.")
    return found, notes


def _unknown_arguments(pages: list[Page]) -> Iterator[str]:
    for page in pages:
        for name in page.arguments:
            if name not in ARGUMENTS:
                yield (
                    f"Page {page.name!r} takes {name!r}, and jobbro/cli/smoke/arguments.py does not say where to find "
                    "values for it. Add a row."
                )


def _visits(
    pages: list[Page], *, visitors: list[Visitor], truth: Truth, notes: list[str]
) -> Iterator[tuple[Visit, Visitor]]:
    """Reading first, then empty forms: those may change things, and end sessions."""
    accounts = [visitor.user_id for visitor in visitors if visitor.user_id]
    tables = [(v, ArgumentTable(truth=truth, visitor=v, visitors=accounts)) for v in visitors]
    known = [page for page in pages if all(name in ARGUMENTS for name in page.arguments)]
    for method in ("GET", "POST"):
        for visitor, values in tables:
            for page in known:
                if method == "GET" or page.writes:
                    yield from _visits_of(page, method=method, visitor=visitor, table=values, notes=notes)


def _visits_of(
    page: Page, *, method: str, visitor: Visitor, table: ArgumentTable, notes: list[str]
) -> Iterator[tuple[Visit, Visitor]]:
    from django.urls import reverse

    sets = table.for_arguments(page.arguments)
    if visitor.label not in page.allowed:
        # The rule refuses before anything is looked up: one visit shows it.
        sets = sets[:1]
    for values in sets:
        if values.missing and visitor.label in page.allowed and method == "GET" and values.place == Place.OWN:
            notes.append(f"{page.name} as {visitor.label}: the demo data have no own {', '.join(values.missing)}.")
        by_name = dict(values.by_name)
        path = reverse(page.name, kwargs=by_name)
        yield (
            Visit(
                page=page.name,
                visitor=visitor.label,
                method=method,
                place=values.place,
                path=path,
                values=tuple(by_name.values()),
            ),
            visitor,
        )


def _answers(visits: list[tuple[Visit, Visitor]], *, visitors: list[Visitor], port: int) -> list[Answer]:
    from .visiting import Caller, session_of

    caller = Caller(port=port)
    sessions = {visitor.label: session_of(visitor.user_id) for visitor in visitors}
    reads = [(visit, sessions[visit.visitor]) for visit, _ in visits if visit.method == "GET"]
    answers = caller.read_all(reads)
    for visit, visitor in visits:
        if visit.method == "POST":
            answers.append(caller.make(visit, session=session_of(visitor.user_id)))
    return answers


def _judge(
    answers: list[Answer], *, pages: list[Page], visitors: list[Visitor], people: People, truth: Truth
) -> list[Problem]:
    looks = truth.looks(answer.request_id for answer in answers)
    by_label = {visitor.label: visitor for visitor in visitors}
    allowed = {page.name: page.allowed for page in pages}
    problems: list[Problem] = []
    if not all(answer.request_id for answer in answers):
        problems.append(Problem(None, "Some answers carry no request id: the looks behind them cannot be checked."))
    for answer in answers:
        looked: set[UUID] = looks.get(answer.request_id, set())
        visitor = by_label[answer.visit.visitor]
        is_allowed = visitor.label in allowed[answer.visit.page]
        problems += problems_of(answer, visitor=visitor, people=people, looked=looked, is_allowed=is_allowed)
    return [*problems, *unequal(answers)]


def _never_shown(pages: list[Page], answers: list[Answer]) -> Iterator[str]:
    shown = {answer.visit.page for answer in answers if answer.status < 400}
    for page in pages:
        if page.name not in shown:
            yield f"{page.name} was shown to nobody: the demo data have no situation in which it answers."


def _print(outcome: Outcome, *, seconds: float) -> None:
    labels = [visitor.label for visitor in outcome.visitors]
    print("\n".join(table(pages=outcome.pages, visitors=labels, answers=outcome.answers)))
    for note in outcome.notes:
        print(f"note: {note}")
    for problem in outcome.problems:
        print(f"WRONG: {problem}")
    requests, wrong = len(outcome.answers), len(outcome.problems)
    print(f"{len(outcome.pages)} pages, {len(labels)} visitors, {requests} requests in {seconds:.0f} s: {wrong} wrong.")
