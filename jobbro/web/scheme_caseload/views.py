"""Who could have which scheme, and which one missing fact stands in the way."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render

from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.guidance.selectors import caseload as selectors
from jobbro.apps.guidance.selectors.caseload import SchemeCounts
from jobbro.apps.guidance.selectors.staging import CaseloadQuestion, Scope
from jobbro.engines.schemes.loading import load_package
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes import language

from .forms import StageForm, WhoForm, question_from, who_of


@page(FILE, purpose=Purpose.WORKLIST, kind=Kind.LIST, tier=Tier.HEALTH)
def scheme_caseload(request: Request) -> HttpResponse:
    """Every scheme with how many could have it, and what stands in the way."""
    question = question_from(request.GET, actor=request.actor)
    found = selectors.scheme_caseload(actor=request.actor, question=question, on=request.on)
    context = {
        "found": found,
        "lines": [(counts, _title(counts.scheme)) for counts in found.schemes],
        "form": WhoForm(question=question, actor=request.actor),
        **_about(question),
    }
    return render(request, "scheme_caseload/schemes.html", context)


@page(FILE, purpose=Purpose.WORKLIST, kind=Kind.LIST, tier=Tier.HEALTH)
def scheme_people(request: Request, scheme: str) -> HttpResponse:
    """One scheme: own citizens by name, or the unit's numbers and the colleagues to talk to."""
    if scheme not in load_package().schemes:
        raise Http404
    question = question_from(request.GET, actor=request.actor)
    asked: dict[str, Any] = {"actor": request.actor, "scheme": scheme, "question": question, "on": request.on}
    context = {"scheme": scheme, "title": _title(scheme), **_about(question)}
    if question.scope == Scope.UNIT:
        found = selectors.scheme_colleagues(**asked)
        return render(request, "scheme_caseload/unit.html", {**context, "found": found})
    people = selectors.scheme_people(**asked)
    form = StageForm(question=question, actor=request.actor, facts=_facts(people.counts))
    return render(request, "scheme_caseload/people.html", {**context, "found": people, "form": form})


def _about(question: CaseloadQuestion) -> dict[str, Any]:
    return {"question": question, "who": who_of(question), "is_unit": question.scope == Scope.UNIT}


def _title(scheme: str) -> str:
    return load_package().schemes[scheme].title.in_language(language())


def _facts(counts: SchemeCounts) -> list[tuple[str, str]]:
    return [(one.fact.code, one.fact.label.in_language(language()).capitalize()) for one in counts.facts]
