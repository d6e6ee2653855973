"""Citizens who wait for a contact person: a proposal with reasons for each, and one choice at a time."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.teams.selectors.routing import routing_choice, routing_page
from jobbro.apps.teams.services.routing import decide_routing
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, lead_deciding, lead_listing
from .forms import RoutingForm
from .words import CHANGED, NOT_NOW, colleague_choice, reasons_told


@lead_listing
def routing(request: Request) -> HttpResponse:
    """Everybody who waits, longest first, with the proposal for each."""
    shown = routing_page(actor=request.actor, on=request.on)
    lines = [(line, reasons_told(line)) for line in shown.lines]
    return render(request, "teams/routing.html", {"page": shown, "lines": lines})


@lead_deciding
def routing_decide(request: Request, citizen_id: UUID) -> HttpResponse:
    """Take the proposal, or choose somebody else and say why."""
    choice = found(routing_choice(actor=request.actor, citizen_id=citizen_id, on=request.on))
    line = choice.line
    if line is None:
        messages.warning(request, str(NOT_NOW))
        return redirect("routing")
    people = [(str(one.user_id), colleague_choice(one)) for one in choice.colleagues]
    initial = {"user": str(line.proposed.user_id) if line.proposed else "", "seen": line.seen}
    form = RoutingForm(request.POST if request.method == "POST" else None, people=people, initial=initial)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=line.seen)
        context = {
            "line": line,
            "reasons": reasons_told(line),
            "form": form,
            "changed": CHANGED if status == 409 else "",
        }
        return render(request, "teams/routing_decide.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    back = reverse("routing")
    return act(
        request,
        do=lambda: decide_routing(
            actor=request.actor,
            citizen_id=citizen_id,
            user_id=UUID(form.cleaned_data["user"]),
            why=form.cleaned_data["why"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The citizen has a contact person and is told."),
    )
