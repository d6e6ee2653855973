"""The worklist: what needs doing, most urgent first; as a file; and what has no person or no next step."""

import csv
from dataclasses import replace
from io import StringIO

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.worklist.enums import Sort, WaitsOn
from jobbro.apps.worklist.kinds import BY_CODE
from jobbro.apps.worklist.selectors import (
    ALL,
    UNPROMISED,
    WorklistFilters,
    WorkRow,
    all_rows,
    default_query,
    worklist_page,
)
from jobbro.webkit.access import CASEWORK, page, roles
from jobbro.webkit.needs import need_shown, own_shown, rows_shown
from jobbro.webkit.requests import Request

from .forms import FilterForm, SaveForm, filters_from, kept_query

# A cell that a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST)
def worklist(request: Request) -> HttpResponse:
    """Own citizens first, or the filter one has chosen to begin with; filters stand in the address."""
    if not request.GET:
        begin = default_query(actor=request.actor)
        if begin:
            return redirect(f"{reverse('worklist')}?{begin}")
    return render(request, "worklist/worklist.html", context_of(request, query=request.GET))


def context_of(request: Request, *, query: QueryDict, save_form: SaveForm | None = None) -> dict[str, object]:
    """Everything on the page of the list for these filters."""
    filters = filters_from(query)
    shown = worklist_page(actor=request.actor, filters=filters, on=request.on)
    kept = kept_query(query)
    wanted = frozenset({*filters.needs, *([filters.waits_on] if filters.waits_on else [])})
    return {
        "shown": shown,
        "filters": filters,
        "rows": rows_shown(shown.found.rows, wanted=wanted, on=request.on, is_by_who=filters.sort == Sort.WHO),
        "filter_form": FilterForm(filters=filters, shown=shown, actor_id=request.actor.id),
        "save_form": save_form or SaveForm(initial={"query": kept}),
        "kept": kept,
        "own": own_shown(shown.own, on=request.on),
        "waits": [(code, number) for code, number in _in_order(shown.found.waits) if number],
        "counts": _counts(shown.found.counts),
    }


def _in_order(waits: dict[WaitsOn, int]) -> list[tuple[WaitsOn, int]]:
    return [(code, waits.get(code, 0)) for code in WaitsOn]


def _counts(counts: dict[str, int]) -> list[tuple[str, str, int]]:
    """How many citizens have each need, in the order of the way."""
    return [(code, str(kind.label), counts[code]) for code, kind in BY_CODE.items() if code in counts]


@page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.EXPORT)
def worklist_file(request: Request) -> HttpResponse:
    """Every row of the filters as a file for a spreadsheet."""
    filters = filters_from(request.GET)
    found = all_rows(actor=request.actor, filters=filters, on=request.on)
    lines = StringIO()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Citizen"), _("Contact person"), _("Team"), _("What needs doing"), _("Waits for"), _("Day")])
    for row in found.rows:
        writer.writerows([_plain(cell) for cell in cells] for cells in _lines(row, filters=filters, request=request))
    # With the mark a spreadsheet reads æ, ø and å as they are.
    response = HttpResponse("\ufeff" + lines.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="worklist.csv"'
    return response


def _lines(row: WorkRow, *, filters: WorklistFilters, request: Request) -> list[list[str]]:
    """A line a need."""
    lines = []
    for need in row.needs:
        shown = need_shown(need, citizen_id=row.citizen_id, on=request.on)
        day = need.due_on.isoformat() if need.due_on else ""
        lines.append([row.name, row.lead, row.team, shown.label, shown.who, day])
    return lines


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


@page(roles(Role.TEAM_LEAD), purpose=Purpose.LEADERSHIP, kind=Kind.LIST)
def without_next_step(request: Request) -> HttpResponse:
    """The courses of the led units that have no contact person who works here, or no next step with a day."""
    filters = replace(filters_from(request.GET), who=ALL, needs=UNPROMISED, waits_on=None, due=None)
    shown = worklist_page(actor=request.actor, filters=filters, on=request.on)
    rows = rows_shown(shown.found.rows, wanted=frozenset(UNPROMISED), on=request.on)
    counts = [line for line in _counts(shown.found.counts) if line[0] in UNPROMISED]
    return render(request, "worklist/without_next_step.html", {"shown": shown, "rows": rows, "counts": counts})
