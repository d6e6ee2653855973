"""How much the key persons of a unit are used, as numbers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobbro.apps.key_persons.hiding import UseLine
from jobbro.apps.key_persons.selectors.use import use
from jobbro.webkit.labels import GROUP_LABELS
from jobbro.webkit.requests import Request

from .acting import counting
from .words import scheme_name, time_told


@counting
def key_person_use(request: Request) -> HttpResponse:
    """Questions, answers and time of one unit, by quarter and by subject."""
    page = use(actor=request.actor, unit_id=_unit(request.GET.get("unit", "")), on=request.on)
    context: dict[str, Any] = {"page": page}
    if page is not None:
        lines = [*((line, scheme_name(line.code)) for line in page.schemes)]
        lines += [(line, str(GROUP_LABELS[line.code])) for line in page.groups]
        if page.without_subject is not None:
            lines.append((page.without_subject, _("Without a subject")))
        context |= {
            "quarters": [_told(line, _quarter(line.code)) for line in page.quarters],
            "subjects": [_told(line, name) for line, name in lines],
            "time": time_told(page.answer_minutes),
        }
    return render(request, "key_persons/use.html", context)


def _told(line: UseLine, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "asked": _("hidden") if line.asked is None else str(line.asked),
        "answered": _("not told") if line.answered is None else str(line.answered),
        "time": time_told(line.minutes) or _("not told"),
        "is_few": line.asked is None,
    }


def _quarter(code: str) -> str:
    year, _sep, quarter = code.partition("-")
    return _("quarter %(quarter)s of %(year)s") % {"quarter": quarter, "year": year}


def _unit(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
