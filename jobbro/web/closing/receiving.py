"""Those who move here are received by a team lead; what is kept of those who left."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.closing.selectors.moving import can_take, incoming_move, kept_page, moved_in_page, receivers_for
from jobbro.apps.closing.services.moving import decline_move, take_move
from jobbro.webkit.requests import Request, found

from .acting import act, receiving, taking
from .forms import TakeForm, WhyForm
from .reading import kept_shown


@receiving
def moved_in(request: Request) -> HttpResponse:
    """Who moves here, the nearest day first; and who has left."""
    page = moved_in_page(actor=request.actor, on=request.on)
    request.look.extra.extend([one.move.citizen_id for one in page.incoming])
    request.look.extra.extend([one.citizen_id for one in page.left])
    return render(request, "closing/moved_in.html", {"page": page})


@taking
def move_take(request: Request, move_id: UUID) -> HttpResponse:
    """Choose the team and the contact person, and receive the citizen."""
    move = found(incoming_move(actor=request.actor, move_id=move_id))
    request.look.extra.append(move.citizen_id)
    back = reverse("moved_in")
    receivers = receivers_for(actor=request.actor, move=move, on=request.on)
    form = TakeForm(
        request.POST or None,
        teams=[(str(one.id), f"{one.name} · {one.note}") for one in receivers.teams],
        people=[(str(one.id), f"{one.name} · {one.note}") for one in receivers.people],
    )

    def again(*, status: int = 200) -> HttpResponse:
        context = {"move": move, "form": form, "can_take": can_take(move, on=request.on)}
        return render(request, "closing/take.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: take_move(
            actor=request.actor,
            move_id=move_id,
            team_id=UUID(form.cleaned_data["team"]),
            lead_user_id=UUID(form.cleaned_data["lead"]),
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda citizen_id: reverse("citizen", args=[citizen_id]),
        late=back,
        done=_("The citizen is with you now. They have been told. Set the next step."),
    )


@taking
def move_decline(request: Request, move_id: UUID) -> HttpResponse:
    """Send it back, and say why."""
    move = found(incoming_move(actor=request.actor, move_id=move_id))
    request.look.extra.append(move.citizen_id)
    back = reverse("moved_in")
    form = WhyForm(request.POST or None)

    def again(*, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": _("Send it back"), "back": back, "verb": _("Send it back")}
        return render(request, "closing/why.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: decline_move(actor=request.actor, move_id=move_id, words=form.cleaned_data["words"], at=request.at),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("It is sent back. The sender can read why."),
    )


@receiving
def moved_away(request: Request, kept_id: UUID) -> HttpResponse:
    """What the unit keeps: that somebody was there, what it decided, who did what and when."""
    page = found(kept_page(actor=request.actor, kept_id=kept_id))
    request.look.extra.append(page.kept.citizen_id)
    return render(request, "closing/moved_away.html", {"page": page, **kept_shown(page)})
