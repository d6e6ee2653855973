"""The support page: the proposal is shown, the choice is made by people."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.plans.support_selectors import Outlook, SupportPage, proposed_bridges, support_with_schemes
from jobbro.apps.plans.support_services import choose_support
from jobbro.apps.screening.work import known_work
from jobbro.engines.support.catalogue import catalogue
from jobbro.webkit.access import page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.labels import AREA_LABELS
from jobbro.webkit.requests import Request, found

from .acting import READERS, act
from .forms import SupportForm
from .reading import measures_shown
from .words import (
    ShownMeasure,
    bridges_shown,
    laws_behind,
    measure_names,
    measure_shown,
    names_in,
    occupation_name,
    said,
)


@dataclass(frozen=True, kw_only=True)
class Option:
    """A measure that can be chosen or declined, and what was ticked."""

    shown: ShownMeasure
    is_proposed: bool
    is_chosen: bool
    is_declined: bool


@page(READERS, purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
def support(request: Request, citizen_id: UUID) -> HttpResponse:
    """Gaps, the smallest support, alternatives, what stays open; choose, decline, add, look at the bridge, save."""
    shown = found(support_with_schemes(actor=request.actor, citizen_id=citizen_id, on=request.on))
    if request.method == "POST" and not shown.may_choose:
        raise PermissionDenied
    if shown.needs is None or not shown.may_choose:
        return render(request, "plans/support_read.html", _reading_context(shown))
    if request.method != "POST":
        return _form_page(request, shown=shown, form=SupportForm(page=shown, initial=_initial(shown)))
    form = SupportForm(request.POST, page=shown)
    is_valid = form.is_valid()
    ahead = found(support_with_schemes(actor=request.actor, citizen_id=citizen_id, on=request.on, choice=form.choice))
    if not is_valid:
        return _form_page(request, shown=ahead, form=form, status=422)
    if request.POST.get("act") in ("preview", "look"):
        return _form_page(request, shown=ahead, form=form)
    return _save(request, shown=ahead, form=form)


def _save(request: Request, *, shown: SupportPage, form: SupportForm) -> HttpResponse:
    citizen_id = shown.citizen.pk

    def again(*, status: int) -> HttpResponse:
        if status == 409:
            with_new_mark(form, **_marks(shown))
        return _form_page(request, shown=shown, form=form, status=status)

    return act(
        request,
        do=lambda: choose_support(
            actor=request.actor,
            citizen_id=citizen_id,
            choice=form.choice,
            reason=form.cleaned_data["reason"],
            seen_agreement_id=form.cleaned_data["agreement"],
            seen_decision_id=form.cleaned_data["decision"],
            at=request.at,
        ),
        form=form,
        again=again,
        to="support",
        citizen_id=citizen_id,
        done=_("The support you chose together is saved."),
    )


def _initial(shown: SupportPage) -> dict[str, Any]:
    return {
        **_marks(shown),
        "occupations": shown.choice.occupations,
        "measures": shown.choice.measures,
        "declined": shown.choice.declined,
        "reason": shown.decision.reason if shown.decision else "",
    }


def _marks(shown: SupportPage) -> dict[str, str]:
    return {
        "agreement": str(shown.needs.agreement_id) if shown.needs else "",
        "decision": str(shown.decision.id) if shown.decision else "",
    }


def _form_page(request: Request, *, shown: SupportPage, form: SupportForm, status: int = 200) -> HttpResponse:
    context = {
        "page": shown,
        "form": form,
        "is_conflict": status == 409,
        "occupations": [{"code": work.code, "name": said(work.name)} for work in known_work(shown.choice.occupations)],
        "note": said(shown.table.note),
        "sources": shown.table.sources,
        "laws": laws_behind(shown.entries),
        "decided": measures_shown(shown.decision),
        "decided_work": [bridge.name for bridge in shown.decision.bridges] if shown.decision else [],
        **(_outlook_context(shown, outlook=shown.outlook, form=form) if shown.outlook else {}),
    }
    return render(request, "plans/support.html", context, status=status)


def _outlook_context(shown: SupportPage, *, outlook: Outlook, form: SupportForm) -> dict[str, Any]:
    proposal, names = outlook.proposal, measure_names()
    is_preview = bool(outlook.chosen)
    bridges = (
        outlook.bridges if is_preview or shown.needs is None else proposed_bridges(needs=shown.needs, outlook=outlook)
    )
    options = _options(shown, outlook=outlook)
    return {
        "is_preview": is_preview,
        "bridges": bridges_shown(bridges, names=names, unclosable=proposal.left, schemes=shown.schemes),
        "proposed": [names[code] for code in proposal.smallest.codes],
        "alternatives": [[names[code] for code in other.codes] for other in proposal.alternatives],
        "gaps": [
            {
                "label": AREA_LABELS[gap.area],
                "gap": gap.gap,
                "capacity": gap.capacity,
                "demand": gap.demand,
                "asked_by": ", ".join(occupation_name(code) for code in gap.asked_by),
            }
            for gap in proposal.gaps
        ],
        "open_areas": [{"code": row.area, "label": AREA_LABELS[row.area]} for row in proposal.open],
        "unclosable": [AREA_LABELS[area] for area in proposal.left],
        "left": [AREA_LABELS[area] for area in outlook.left if area not in proposal.left],
        "options": options,
        "found": _found(shown, form=form, listed={option.shown.code for option in options}),
        "is_as_proposed": outlook.is_as_proposed,
    }


def _options(shown: SupportPage, *, outlook: Outlook) -> list[Option]:
    """The proposal, then what the alternatives use, then what else is ticked: each measure once."""
    proposal = outlook.proposal
    codes = [*proposal.smallest.codes]
    codes += [code for code, _count in Counter(c for other in proposal.alternatives for c in other.codes).most_common()]
    codes += [*shown.choice.measures, *shown.choice.declined]
    known = {entry.code for entry in shown.entries}
    return [
        _option(shown, code=code, is_proposed=code in proposal.smallest.codes)
        for code in dict.fromkeys(codes)
        if code in known
    ]


def _option(shown: SupportPage, *, code: str, is_proposed: bool) -> Option:
    return Option(
        shown=measure_shown(shown.entry(code), schemes=shown.schemes),
        is_proposed=is_proposed,
        is_chosen=code in shown.choice.measures,
        is_declined=code in shown.choice.declined,
    )


def _found(shown: SupportPage, *, form: SupportForm, listed: set[str]) -> list[dict[str, Any]] | None:
    """The rest of the catalogue by area and word, in its groups; None until somebody looks for something."""
    data = form.cleaned_data if form.is_bound else {}
    area, words = data.get("area", ""), data.get("search", "").casefold().split()
    if not area and not words and not (form.is_bound and form.data.get("act") == "look"):
        return None
    groups = []
    for group, name in catalogue().group_names.items():
        entries = [
            _option(shown, code=entry.code, is_proposed=False)
            for entry in shown.entries
            if entry.group == group
            and entry.code not in listed
            and (not area or area in entry.measure.relief)
            and all(word in f"{said(entry.name)} {said(entry.text)}".casefold() for word in words)
        ]
        if entries:
            groups.append({"name": said(name), "options": entries})
    return groups


def _reading_context(shown: SupportPage) -> dict[str, Any]:
    """The choice that stands, for those who read."""
    decision = shown.decision
    return {
        "page": shown,
        "decision": decision,
        "measures": measures_shown(decision, schemes=shown.schemes),
        "bridges": bridges_shown(
            decision.bridges, names=names_in(decision), unclosable=decision.left, schemes=shown.schemes
        )
        if decision
        else (),
        "open_areas": [{"code": area, "label": AREA_LABELS[area]} for area in decision.open] if decision else [],
        "note": said(shown.table.note),
        "sources": shown.table.sources,
        "laws": laws_behind(shown.entries),
    }
