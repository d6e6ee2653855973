"""The register: who can be asked about what, the unit's model, and who answers while somebody is away."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.key_persons.enums import AdviserKind
from jobbro.apps.key_persons.refusals import NotThere
from jobbro.apps.key_persons.selectors import register as selectors
from jobbro.apps.key_persons.selectors.register import AdviserRow, Register
from jobbro.apps.key_persons.services import register as services
from jobbro.kernel.vocabulary import SCHEMES
from jobbro.webkit.labels import GROUP_LABELS
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, reading
from .forms import AdviserForm, AwayForm, ModelForm, NameForm
from .words import scheme_choices, scheme_name, time_told


@reading
def key_persons(request: Request) -> HttpResponse:
    """Everybody who can be asked, unit by unit."""
    scheme = request.GET.get("scheme", "")
    scheme = scheme if scheme in SCHEMES else ""
    found_register = selectors.register(actor=request.actor, scheme=scheme, on=request.on)
    context = {
        "register": found_register,
        "units": _told(found_register),
        "scheme": scheme,
        "schemes": scheme_choices(),
    }
    return render(request, "key_persons/register.html", context)


@keeping
def key_person_set(request: Request, unit_id: UUID) -> HttpResponse:
    """Somebody stands in the register from today."""
    naming = found(selectors.naming(actor=request.actor, unit_id=unit_id, on=request.on))
    form = NameForm(request.POST or None, naming=naming)
    sheet = Sheet(
        form=form,
        heading=_("Who can be asked?"),
        lead=_("The unit: %(unit)s") % {"unit": naming.unit.name},
        button=_("Save in the register"),
    )
    return answer(
        request,
        sheet,
        do=lambda: services.name_adviser(
            actor=request.actor,
            user_id=UUID(form.cleaned_data["user"]),
            kind=form.cleaned_data["kind"],
            unit_id=unit_id,
            team_id=_id(form.cleaned_data.get("team")),
            draft=form.draft,
            on=request.on,
        ),
        done=_("They stand in the register."),
    )


@keeping
def advice_model_set(request: Request, unit_id: UUID) -> HttpResponse:
    """How the unit gives advice from today."""
    naming = found(selectors.naming(actor=request.actor, unit_id=unit_id, on=request.on))
    if naming.is_own:
        raise Http404
    initial = {"model": naming.model, "answer_days": naming.answer_days}
    form = ModelForm(request.POST or None, initial=initial)
    sheet = Sheet(
        form=form,
        heading=_("How does the unit give advice?"),
        lead=_("Questions go where the unit has chosen. What held before stays on record."),
        button=_("Save the choice"),
    )
    return answer(
        request,
        sheet,
        do=lambda: services.choose_model(actor=request.actor, unit_id=unit_id, on=request.on, **form.cleaned_data),
        done=_("Questions go that way from today."),
    )


@keeping
def key_person_change(request: Request, adviser_id: UUID) -> HttpResponse:
    """What somebody can be asked about."""
    page = found(selectors.adviser_sheet(actor=request.actor, adviser_id=adviser_id, on=request.on))
    form = AdviserForm(request.POST or None, sheet=page)
    sheet = Sheet(
        form=form,
        heading=_("What can %(name)s be asked about?") % {"name": page.name},
        button=_("Save"),
        template="key_persons/adviser.html",
        more={"page": page},
    )

    def fresh() -> str:
        now = found(selectors.adviser_sheet(actor=request.actor, adviser_id=adviser_id, on=request.on))
        return now.seen

    return answer(
        request,
        sheet,
        do=lambda: services.change_adviser(
            actor=request.actor,
            adviser_id=adviser_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("It is saved."),
        fresh=fresh,
    )


@keeping
def key_person_end(request: Request, adviser_id: UUID) -> HttpResponse:
    """Today is the last day in the register."""
    page = found(selectors.adviser_sheet(actor=request.actor, adviser_id=adviser_id, on=request.on))
    if not page.can_end:
        raise Http404
    sheet = Sheet(
        form=forms.Form(request.POST or None),
        heading=_("Take %(name)s out of the register?") % {"name": page.name},
        lead=_("Today is the last day. Questions and answers stay."),
        button=_("Take out of the register"),
    )
    return answer(
        request,
        sheet,
        do=lambda: services.end_adviser(actor=request.actor, adviser_id=adviser_id, on=request.on),
        done=_("Today is the last day in the register."),
    )


@keeping
def key_person_away(request: Request, adviser_id: UUID) -> HttpResponse:
    """When somebody is away, and who answers meanwhile."""
    page = found(selectors.adviser_sheet(actor=request.actor, adviser_id=adviser_id, on=request.on))
    form = AwayForm(request.POST or None, sheet=page, on=request.on)
    sheet = Sheet(
        form=form,
        heading=_("When is %(name)s away?") % {"name": page.name},
        lead=_("Nobody needs to know why. New questions go to the colleague meanwhile."),
        button=_("Save the days"),
        template="key_persons/away.html",
        more={"page": page},
    )
    return answer(
        request,
        sheet,
        do=lambda: services.note_away(
            actor=request.actor,
            adviser_id=adviser_id,
            from_on=form.cleaned_data["from_on"],
            until_on=form.cleaned_data["until_on"],
            cover_id=form.cover_id,
            on=request.on,
        ),
        done=_("The days away are noted."),
    )


@keeping
def key_person_back(request: Request, adviser_id: UUID, away_id: UUID) -> HttpResponse:
    """Here again earlier than noted."""
    if request.method == "POST":
        try:
            services.come_back(actor=request.actor, away_id=away_id, on=request.on)
        except NotThere as error:
            raise Http404 from error
        return redirect("key_persons")
    return redirect("key_person_away", adviser_id=adviser_id)


def _told(found_register: Register) -> list[dict[str, object]]:
    return [
        {
            "unit": unit,
            "time": time_told(unit.answer_minutes),
            "people": [{"row": row, "subjects": _subjects(row)} for row in unit.people],
            "is_resource": any(row.kind == AdviserKind.RESOURCE_PERSON for row in unit.people),
        }
        for unit in found_register.units
    ]


def _subjects(row: AdviserRow) -> list[str]:
    return [*(scheme_name(code) for code in row.schemes), *(str(GROUP_LABELS[code]) for code in row.groups)]


def _id(text: str | None) -> UUID | None:
    return UUID(text) if text else None
