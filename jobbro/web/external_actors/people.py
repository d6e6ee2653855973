"""People at a partner: a login with a last day, a new one, and the end of it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.external_actors.refusals import NotNow, NotThere, Refused
from jobbro.apps.external_actors.selectors.partners import PersonPage, external_actor_page, external_person_page
from jobbro.apps.external_actors.services import people as services
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, show, tell_refusal
from .forms import EndPersonForm, PersonForm
from .words import NOT_NOW


@keeping
def external_person_add(request: Request, external_actor_id: UUID) -> HttpResponse:
    """Somebody at the partner gets a login; name and password are told once, on the page that answers."""
    page = found(external_actor_page(actor=request.actor, external_actor_id=external_actor_id, on=request.on))
    form = PersonForm(request.POST or None)
    sheet = Sheet(
        form=form,
        heading=_("Give somebody a login"),
        lead=_("They see only the work they are named on, while the citizen agrees. You get a password to hand over."),
        button=_("Make a login"),
        under=page.row.name,
        back_url=reverse("external_actor", args=[external_actor_id]),
        back_label=_("Back to the partner"),
    )
    if request.method != "POST":
        return show(request, sheet)
    if not form.is_valid():
        return show(request, sheet, status=422)
    try:
        login = services.add_external_person(
            actor=request.actor, external_actor_id=external_actor_id, draft=form.draft, on=request.on
        )
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        tell_refusal(form, refusal)
        return show(request, sheet, status=422)
    return _told(request, login)


@keeping
def external_person_end(request: Request, external_person_id: UUID) -> HttpResponse:
    """The last day of somebody's access: at once, earlier, or later than it was."""
    page = _page(request, external_person_id)
    back = reverse("external_actor", args=[page.partner.pk])
    if page.is_over and request.method != "POST":
        return redirect(back)
    form = EndPersonForm(request.POST or None)
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("When does %(name)s's access end?") % {"name": page.row.name},
            title=_("The last day of a login"),
            lead=_("What they have written stays. The login opens nothing after the last day."),
            button=_("Save the last day"),
            under=page.partner.name,
            back_url=back,
            back_label=_("Back to the partner"),
        ),
        do=lambda: services.end_external_person(
            actor=request.actor, person_id=external_person_id, until_on=form.last_day, on=request.on
        ),
        done=_("The last day is saved."),
    )


@keeping
def external_person_login(request: Request, external_person_id: UUID) -> HttpResponse:
    """A new login in place of the one they have."""
    page = _page(request, external_person_id)
    if request.method != "POST":
        if page.is_over:
            return redirect("external_actor", external_actor_id=page.partner.pk)
        return render(request, "external_actors/new_login.html", {"page": page})
    try:
        login = services.renew_external_login(actor=request.actor, person_id=external_person_id, on=request.on)
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return redirect("external_actor", external_actor_id=page.partner.pk)
    return _told(request, login)


def _page(request: Request, person_id: UUID) -> PersonPage:
    return found(external_person_page(actor=request.actor, person_id=person_id, on=request.on))


def _told(request: Request, login: services.ExternalLogin) -> HttpResponse:
    context = {"login": login, "partner_id": login.person.external_actor_id}
    return render(request, "external_actors/login_ready.html", context)
