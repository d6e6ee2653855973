"""Partners outside the municipality: the list, a new one, one with its agreements and people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.external_actors.enums import ActorKind, Theme
from jobbro.apps.external_actors.refusals import HeldAlready, NotNow, NotThere, Refused
from jobbro.apps.external_actors.selectors.partners import (
    external_actor_list,
    external_actor_page,
    external_agreement_to_end,
)
from jobbro.apps.external_actors.services import partners as services
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, listing, show, tell_refusal
from .forms import AgreementForm, ChangePartnerForm, NewPartnerForm
from .words import NOT_NOW


@listing
def external_actors(request: Request) -> HttpResponse:
    """The municipality's partners by name; theme and kind stand in the address."""
    theme, kind = request.GET.get("theme", ""), request.GET.get("kind", "")
    listed = found(external_actor_list(actor=request.actor, theme=theme, kind=kind, on=request.on))
    context = {
        "listed": listed,
        "themes": Theme.choices,
        "kinds": ActorKind.choices,
        "is_narrowed": theme in Theme.values or kind in ActorKind.values,
    }
    return render(request, "external_actors/list.html", context)


@keeping
def external_actor_add(request: Request) -> HttpResponse:
    """A new partner; one that is there already is shown."""
    form = NewPartnerForm(request.POST or None, municipalities=request.actor.municipalities)
    sheet = Sheet(
        form=form,
        heading=_("Add a partner"),
        lead=_("An organisation that works with citizens or with you, outside the municipality."),
        button=_("Add the partner"),
        back_url=reverse("external_actors"),
        back_label=_("Back to the partners"),
    )
    if request.method != "POST":
        return show(request, sheet)
    if not form.is_valid():
        return show(request, sheet, status=422)
    try:
        row = services.add_external_actor(
            actor=request.actor,
            cvr=form.cleaned_data["cvr"],
            municipality=form.municipality_code,
            draft=form.draft,
            on=request.on,
            at=request.at,
        )
    except Refused as refusal:
        tell_refusal(form, refusal)
        return show(request, sheet, status=422)
    except HeldAlready as held:
        form.add_error("cvr", _("%(name)s is a partner already.") % {"name": held.name})
        sheet.more["held"] = held
        return show(request, sheet, status=422)
    return redirect("external_actor", external_actor_id=row.pk)


@listing
def external_actor(request: Request, external_actor_id: UUID) -> HttpResponse:
    """One partner: how to reach it, what is agreed, who has a login."""
    page = found(external_actor_page(actor=request.actor, external_actor_id=external_actor_id, on=request.on))
    return render(request, "external_actors/partner.html", {"page": page, "row": page.row})


@keeping
def external_actor_change(request: Request, external_actor_id: UUID) -> HttpResponse:
    """Name, ways to reach it, and the day the cooperation ends."""
    page = found(external_actor_page(actor=request.actor, external_actor_id=external_actor_id, on=request.on))
    names = ("name", "kind", "contact_name", "phone", "email", "note", "until_on")
    initial = {name: getattr(page.row, name) for name in names}
    form = ChangePartnerForm(request.POST or None, initial={**initial, "seen": page.seen})
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Change the partner"),
            button=_("Save"),
            under=page.row.name,
            **_back(external_actor_id),
        ),
        do=lambda: services.change_external_actor(
            actor=request.actor,
            external_actor_id=external_actor_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("Saved."),
        fresh=lambda: (
            found(external_actor_page(actor=request.actor, external_actor_id=external_actor_id, on=request.on)).seen
        ),
    )


@keeping
def external_agreement_add(request: Request, external_actor_id: UUID) -> HttpResponse:
    """What is agreed with the partner, and for how long."""
    page = found(external_actor_page(actor=request.actor, external_actor_id=external_actor_id, on=request.on))
    form = AgreementForm(request.POST or None, initial={"from_on": request.on})
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Note an agreement with a partner"),
            button=_("Note the agreement"),
            under=page.row.name,
            **_back(external_actor_id),
        ),
        do=lambda: services.make_external_agreement(
            actor=request.actor,
            external_actor_id=external_actor_id,
            draft=form.draft,
            on=request.on,
            at=request.at,
        ),
        done=_("The agreement is noted."),
    )


@keeping
def external_agreement_end(request: Request, external_agreement_id: UUID) -> HttpResponse:
    """The agreement ends at once, and with it what their people read of anybody."""
    row = found(external_agreement_to_end(actor=request.actor, agreement_id=external_agreement_id))
    if request.method != "POST":
        return render(request, "external_actors/agreement_end.html", {"row": row, "partner": row.external_actor})
    try:
        services.end_external_agreement(actor=request.actor, agreement_id=external_agreement_id, on=request.on)
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, str(NOT_NOW))
    else:
        messages.success(request, _("The agreement has ended."))
    return redirect("external_actor", external_actor_id=row.external_actor_id)


def _back(external_actor_id: UUID) -> dict[str, Any]:
    return {
        "back_url": reverse("external_actor", args=[external_actor_id]),
        "back_label": _("Back to the partner"),
    }
