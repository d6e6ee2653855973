"""The work wish of a citizen: told by themselves, or by those who work with them."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobbro.apps.audit.enums import Purpose, Tier
from jobbro.apps.jobs.refusals import Changed, NotThere, Refused
from jobbro.apps.jobs.selectors.holders import occupation_title
from jobbro.apps.jobs.selectors.work_wishes import WishPage, work_wish_for
from jobbro.apps.jobs.services.work_wishes import tell_work_wish
from jobbro.engines.occupations.task_library import skills
from jobbro.webkit.access import CASEWORK, CITIZEN, either, page
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes.values import hours_words, language

from .forms import WishForm, initial_slots, initial_work, typed_wish

REFUSALS = {
    "wish_hours": gettext_lazy("Write the fewest hours first, and at most 60 hours a week."),
    "wish_slot_hours": gettext_lazy("Write at most 12 hours at a time, and more than none."),
    "wish_slots": gettext_lazy("Choose at least one half-day."),
    "wish_room": gettext_lazy("The half-days hold at most %(most)s. Choose more half-days, or fewer hours a week."),
    "wish_km": gettext_lazy("Write at most 500 kilometres, or nothing if it does not matter."),
    "wish_postcode": gettext_lazy("We do not know where this postcode is. Write four digits."),
    "wish_occupations": gettext_lazy("One of the kinds of work could not be read. Choose it again."),
    "wish_occupations_many": gettext_lazy("Choose at most %(most)s kinds of work."),
    "too_long": gettext_lazy("Use at most %(most)s characters."),
    "skills_many": gettext_lazy("Choose at most %(most)s. Keep those that are really needed."),
}
FIELD_OF = {"requires": "skills"}


@page(either(CASEWORK, CITIZEN), purpose=Purpose.CASEWORK, tier=Tier.HEALTH, writes=True)
def work_wish(request: Request, citizen_id: UUID) -> HttpResponse:
    """Hours, half-days, how far and skills; what the dialogue says already stands there."""
    shown = work_wish_for(actor=request.actor, citizen_id=citizen_id)
    if shown is None:
        raise Http404
    if request.method != "POST":
        return _page(request, shown=shown, form=WishForm(initial=_initial(shown)))
    if "find" in request.POST:
        return _page(request, shown=shown, form=WishForm(initial=typed_wish(request.POST)), is_finding=True)
    form = WishForm(request.POST)
    if not form.is_valid():
        return _page(request, shown=shown, form=form, status=422)
    try:
        tell_work_wish(
            actor=request.actor, citizen_id=citizen_id, draft=form.draft, seen=form.cleaned_data["seen"], on=request.on
        )
    except NotThere as error:
        raise Http404 from error
    except Refused as refused:
        _tell(form, refused)
        return _page(request, shown=shown, form=form, status=422)
    except Changed:
        with_new_mark(form, seen=shown.seen)
        return _page(request, shown=shown, form=form, status=409)
    messages.success(request, _("Saved. You can change it whenever you like."))
    return redirect("work_wish", citizen_id=citizen_id)


def _tell(form: WishForm, refused: Refused) -> None:
    values = {name: hours_words(one) if isinstance(one, Decimal) else one for name, one in refused.values.items()}
    text = str(REFUSALS[refused.code]) % values
    named: list[str | None] = [FIELD_OF.get(name, name) for name in refused.fields]
    for name in named or [None]:
        form.add_error(name if name in form.fields else None, text)


def _number(value: object) -> object:
    return number_format(f"{value.normalize():f}") if isinstance(value, Decimal) else value


def _initial(shown: WishPage) -> dict[str, Any]:
    known = {one.code for one in skills()}
    return {
        "seen": shown.seen,
        "hours_min": _trimmed(shown.hours_min),
        "hours_max": _trimmed(shown.hours_max),
        **initial_slots(shown.slots),
        "max_hours_per_slot": _trimmed(shown.max_hours_per_slot),
        "max_km": shown.max_km,
        "travels_from": shown.travels_from,
        **initial_work(shown.occupations),
        "skills": [skill for skill in shown.skills if skill in known],
        "own_skills": ", ".join(skill for skill in shown.skills if skill not in known),
    }


def _trimmed(number: Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(f"{number.normalize():f}")


def _page(
    request: Request, *, shown: WishPage, form: WishForm, status: int = 200, is_finding: bool = False
) -> HttpResponse:
    names = {one.code: one.name.in_language(language()) for one in skills()}
    context = {
        "base": "base_citizen.html" if shown.is_own else "base_staff.html",
        "page": shown,
        "form": form,
        "is_conflict": status == 409,
        "is_finding": is_finding,
        "now": {
            "least": _number(shown.hours_min),
            "most": _number(shown.hours_max),
            "at_a_time": _number(shown.max_hours_per_slot),
            "when": slots_told(shown.slots),
            "work": ", ".join(title for title in map(occupation_title, shown.occupations) if title),
            "skills": ", ".join(names.get(skill, skill) for skill in shown.skills),
        },
    }
    return render(request, "work_wish/work_wish.html", context, status=status)
