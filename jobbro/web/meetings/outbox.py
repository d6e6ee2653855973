"""How the outbox goes, for administrators: numbers only."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from jobbro.apps.accounts.enums import Role
from jobbro.apps.outbox.enums import MessageKind, Problem, State, Way
from jobbro.apps.outbox.selectors import OverviewRow, overview
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request


@page(roles(Role.ADMINISTRATOR))
def outbox_overview(request: Request) -> HttpResponse:
    """What waits, what failed and what is unsure."""
    shown = overview(actor=request.actor, on=request.on)
    context = {
        "rows": [_row(row) for row in sorted(shown.rows, key=lambda row: (row.state, row.kind, row.way))],
        "sent": shown.of(State.SENT),
        "waiting": shown.of(State.WAITING, State.HANDING_OVER),
        "late": shown.late(at=request.at),
        "failed": shown.of(State.FAILED),
        "unsure": shown.of(State.UNSURE),
        "lapsed": shown.of(State.LAPSED),
        "ways": shown.ways,
    }
    return render(request, "meetings/outbox.html", context)


def _row(row: OverviewRow) -> dict[str, Any]:
    return {
        "kind": str(MessageKind(row.kind).label),
        "way": str(Way(row.way).label) if row.way else "",
        "state": str(State(row.state).label),
        "problem": str(Problem(row.problem).label) if row.problem else "",
        "messages": row.messages,
        "oldest": row.oldest,
        "newest": row.newest,
    }
