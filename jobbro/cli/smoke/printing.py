"""The result as a table for people, or as JSON."""

import json
from collections.abc import Iterable, Sequence

from .shapes import CLOSED, Answer, Page, Place, Problem


def table(*, pages: Iterable[Page], visitors: Sequence[str], answers: Iterable[Answer]) -> list[str]:
    """A line a page and method, a column a visitor: status, queries, milliseconds; then the answer to forged ids."""
    by_line: dict[tuple[str, str], list[Answer]] = {}
    for answer in answers:
        by_line.setdefault((answer.visit.page, answer.visit.method), []).append(answer)
    head = ["page", *visitors, "not theirs"]
    rows = [
        [f"{page.name}{' POST' if method == 'POST' else ''}", *_cells(found, visitors=visitors), _closed(found)]
        for page in pages
        for method in ("GET", "POST")
        if (found := by_line.get((page.name, method)))
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in [head, *rows]
    ]


def _cells(answers: Iterable[Answer], *, visitors: Sequence[str]) -> list[str]:
    shown = {a.visit.visitor: a for a in answers if a.visit.place in (Place.NONE, Place.OWN)}
    return [_cell(shown[label]) if label in shown else "" for label in visitors]


def _cell(answer: Answer) -> str:
    return f"{answer.status} {answer.queries}q {answer.milliseconds:.0f}ms"


def _closed(answers: Iterable[Answer]) -> str:
    return " ".join(sorted({str(answer.status) for answer in answers if answer.visit.place in CLOSED}))


def as_json(*, answers: Iterable[Answer], problems: Iterable[Problem], notes: Iterable[str], seconds: float) -> str:
    """The same for programs."""
    visits = [
        {
            "page": a.visit.page,
            "role": a.visit.visitor,
            "method": a.visit.method,
            "place": a.visit.place,
            "status": a.status,
            "queries": a.queries,
            "milliseconds": round(a.milliseconds, 1),
        }
        for a in answers
    ]
    result = {
        "visits": visits,
        "problems": [str(problem) for problem in problems],
        "notes": list(notes),
        "seconds": round(seconds, 1),
    }
    return json.dumps(result, ensure_ascii=False, indent=1)
