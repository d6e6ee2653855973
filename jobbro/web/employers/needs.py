"""Hands that a company needs: told with the nearest occupation, and ended when they are met."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jobbro.apps.employers import selectors, services
from jobbro.engines.occupations.occupations import occupations
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, show
from .partnership_forms import EndNeedForm, NeedForm

OFFERED = 6


@keeping
def need_add(request: Request, company_id: UUID) -> HttpResponse:
    """What hands the company needs; occupations near to the words can be asked for before it is saved."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    near = near_occupations(request.POST.get("title", "")) if request.method == "POST" else []
    is_asking = "find" in request.POST
    # Asked again, the form starts from what was typed: it is not judged before it is sent for good.
    typed = {name: value for name, value in request.POST.items() if name != "form_token"} if is_asking else {}
    data = None if is_asking or request.method != "POST" else request.POST
    form = NeedForm(data, workplaces=page.workplaces, occupations=near, initial=typed or None)
    sheet = Sheet(
        form=form,
        heading=_("Note a need for hands"),
        button=_("Save the need"),
        card=page.card,
        template="employers/need_form.html",
        begins_something=True,
        more={"is_asking": is_asking, "near": near},
    )
    if is_asking:
        return show(request, sheet)
    return answer(
        request,
        sheet,
        do=lambda: services.tell_need(actor=request.actor, company_id=company_id, draft=form.draft, on=request.on),
        done=_("The need is noted."),
    )


@keeping
def need_end(request: Request, need_id: UUID) -> HttpResponse:
    """Met, or no longer there."""
    page = found(selectors.need_page(actor=request.actor, need_id=need_id))
    if page.is_over and request.method != "POST":
        return redirect("employer", company_id=page.card.id)
    form = EndNeedForm(request.POST or None, initial={"ended_on": request.on})
    sheet = Sheet(
        form=form,
        heading=_("How did the need end?"),
        lead=page.row.title,
        button=_("Save the end"),
        card=page.card,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.end_need(actor=request.actor, need_id=need_id, on=request.on, **form.cleaned_data),
        done=_("It is noted."),
    )


def near_occupations(words: str) -> list[tuple[str, str]]:
    """Code and title of the occupations nearest to the words."""
    if not words.strip():
        return []
    return [(one.occupation.code, one.occupation.title) for one in occupations().search(words, limit=OFFERED)]
