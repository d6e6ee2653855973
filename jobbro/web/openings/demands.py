"""What an open job asks: prefilled with how sure each level is, until somebody who knows the work confirms it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.selectors.openings import OpeningDemandPage
from jobbro.apps.jobs.selectors.openings import opening_demand as demand_page
from jobbro.apps.jobs.services.openings import confirm_opening_demand, prefill_opening_demand
from jobbro.engines.occupations.occupations import occupations
from jobbro.engines.occupations.records import Occupation
from jobbro.engines.occupations.wording import certainty_word, how_reached, prefill_note, why
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS
from jobbro.webkit.levels import LevelsForm, level_sections, levels_initial
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, framed, looking
from .forms import BeginForm, SeenForm
from .words import DEMAND_TOLD


@looking
def opening_demand(request: Request, opening_id: UUID) -> HttpResponse:
    """Confirm the levels as they stand, change them, or begin from another occupation."""
    shown = found(
        demand_page(
            actor=request.actor,
            opening_id=opening_id,
            words=request.GET.get("q", ""),
            language=language(),
            on=request.on,
        )
    )
    if request.method != "POST":
        return _page(request, shown=shown, form=_levels_form(shown))
    move = request.POST.get("act", "")
    if move == "begin":
        return _begin(request, shown=shown)
    if move == "as_is":
        mark = SeenForm(request.POST)
        seen = mark.cleaned_data["seen"] if mark.is_valid() else ""
        return _confirm(request, shown=shown, levels=dict(shown.page.demand), form=_levels_form(shown), seen=seen)
    form = _levels_form(shown, data=request.POST)
    if not form.is_valid():
        return _page(request, shown=shown, form=form, status=422)
    return _confirm(request, shown=shown, levels=form.levels, form=form, seen=form.cleaned_data["seen"])


def _confirm(
    request: Request, *, shown: OpeningDemandPage, levels: dict[str, int], form: LevelsForm, seen: str
) -> HttpResponse:
    opening_id = shown.page.line.id

    def again(*, status: int) -> HttpResponse:
        if status == 409 and form.is_bound:
            with_new_mark(form, seen=shown.page.seen)
        return _page(request, shown=shown, form=form, status=status)

    return act(
        request,
        do=lambda: confirm_opening_demand(
            actor=request.actor, opening_id=opening_id, levels=levels, seen=seen, at=request.at, on=request.on
        ),
        form=form if form.is_bound else None,
        again=again,
        to=reverse("opening", args=[opening_id]),
        late=reverse("opening_demand", args=[opening_id]),
        done=_("Confirmed. It stands in your name."),
    )


def _begin(request: Request, *, shown: OpeningDemandPage) -> HttpResponse:
    form = BeginForm(request.POST)
    opening_id = shown.page.line.id
    if not form.is_valid():
        return _page(request, shown=shown, form=_levels_form(shown), status=422)
    return act(
        request,
        do=lambda: prefill_opening_demand(
            actor=request.actor,
            opening_id=opening_id,
            occupation=form.cleaned_data["origin"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=None,
        again=lambda *, status: _page(request, shown=shown, form=_levels_form(shown), status=status),
        to=reverse("opening_demand", args=[opening_id]),
        late=reverse("opening_demand", args=[opening_id]),
        done=_("Filled in. Look at it and confirm it."),
    )


def _levels_form(shown: OpeningDemandPage, *, data: Any = None) -> LevelsForm:
    page = shown.page
    initial = levels_initial(page.groups, demand=page.demand, seen=page.seen)
    return LevelsForm(data, groups=page.groups, nothing=_("The job asks nothing of this."), initial=initial)


def _page(request: Request, *, shown: OpeningDemandPage, form: LevelsForm, status: int = 200) -> HttpResponse:
    page = shown.page
    context = framed(
        request,
        page=page,
        shown=shown,
        line=page.line,
        groups=level_sections(page.groups, form=form),
        lines=_lines(shown),
        told=DEMAND_TOLD[page.line.demand_source],
        reached=how_reached(shown.occupation, language=language()) if shown.occupation else "",
        note=prefill_note(language=language()) if shown.occupation else "",
        form=form,
        words=request.GET.get("q", ""),
        is_conflict=status == 409,
    )
    return render(request, "openings/demand.html", context, status=status)


def _lines(shown: OpeningDemandPage) -> list[dict[str, Any]]:
    """What the job asks in words; how sure each level is while nobody has looked."""
    return [
        {
            "label": AREA_LABELS[area.code],
            "word": DEMAND_WORDS[area.level],
            "sentence": area.sentences[area.level - 1],
            **_certainty(area.code, of=shown.occupation),
        }
        for group in shown.page.groups
        for area in group.asked
    ]


def _certainty(area: str, *, of: Occupation | None) -> dict[str, str]:
    if of is None or area not in of.certainty:
        return {}
    partial = occupations().version.partial
    spoken = language()
    return {
        "sure": certainty_word(of.certainty[area], language=spoken),
        "why": why(area, of=of, language=spoken, partial=partial),
    }
