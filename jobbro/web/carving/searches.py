"""A search: how far it is, what it found, why the rest stays, what one more would give; stop it, or take a job."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.jobs.refusals import NotNow, NotThere, Refused
from jobbro.apps.jobs.selectors.carvings import carving_page, carving_progress
from jobbro.apps.jobs.services.carved_jobs import take_suggestion
from jobbro.apps.jobs.services.carvings import stop_carving
from jobbro.webkit.access import is_htmx
from jobbro.webkit.requests import Request

from .acting import keeping, searching, there
from .forms import TakeForm
from .reading import carving_shown, progress_shown
from .words import NOT_NOW, refusal_told


@searching
def carving(request: Request, carving_id: UUID) -> HttpResponse:
    """While it searches: how far it is, without naming anybody. Afterwards: one suggestion, and links to the others."""
    progress = there(lambda: carving_progress(actor=request.actor, carving_id=carving_id, at=request.at))
    if progress.is_at_work:
        context = progress_shown(progress, told=request.GET.get("told", ""))
        context["is_followed"] = request.GET.get("follow") == "1"
        fragment = is_htmx(request) and "told" in request.GET
        return render(request, "carving/_progress.html" if fragment else "carving/progress.html", context)
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("carving", args=[carving_id])})
    return _found(request, carving_id=carving_id, number=_number(request.GET.get("suggestion", "")))


def _found(request: Request, *, carving_id: UUID, number: int, problem: str = "", status: int = 200) -> HttpResponse:
    page = there(lambda: carving_page(actor=request.actor, carving_id=carving_id, at=request.at))
    context = {**carving_shown(page, number=number), "problem": problem}
    return render(request, "carving/carving.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


@keeping
def carving_stop(request: Request, carving_id: UUID) -> HttpResponse:
    """The search stops and keeps the best it has."""
    to = reverse("carving", args=[carving_id])
    if request.method != "POST":
        there(lambda: carving_progress(actor=request.actor, carving_id=carving_id, at=request.at))
        return HttpResponseRedirect(to)
    try:
        stop_carving(actor=request.actor, carving_id=carving_id, at=request.at)
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.info(request, _("The search had ended already. This is what it found."))
    return HttpResponseRedirect(to)


@keeping
def carving_take(request: Request, carving_id: UUID) -> HttpResponse:
    """Jobs of a suggestion become drafts that can be changed."""
    to = reverse("carving", args=[carving_id])
    form = TakeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        there(lambda: carving_progress(actor=request.actor, carving_id=carving_id, at=request.at))
        if form.errors:
            messages.warning(request, refusal_told(Refused("nothing")))
        return HttpResponseRedirect(to)
    number, key = form.cleaned_data["suggestion"], form.cleaned_data["key"]
    try:
        made = take_suggestion(
            actor=request.actor,
            carving_id=carving_id,
            suggestion=number,
            keys=(key,) if key else (),
            on=request.on,
            at=request.at,
        )
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(to)
    except Refused as refusal:
        status = 409 if refusal.code in ("taken", "changed_since") else 422
        return _found(request, carving_id=carving_id, number=number, problem=refusal_told(refusal), status=status)
    messages.success(
        request, _("It is a draft now. Look at what it gives, change it, and propose it when it is right.")
    )
    one = made[0]
    if len(made) == 1:
        return HttpResponseRedirect(reverse("carved_job", args=[one.pk]))
    return HttpResponseRedirect(reverse("carved_jobs", args=[one.workplace_id]))
