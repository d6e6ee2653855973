"""Messages: one's own, a citizen's, how they are to come, and those that somebody phones or writes."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.outbox import selectors, services
from jobbro.webkit.access import CITIZEN, EMPLOYER, STAFF, either, page
from jobbro.webkit.requests import Request, found

from .acting import base_of, calling, choosing, keeping, reading
from .forms import ChoiceForm, choice_values
from .words import NOT_NOW


@page(either(STAFF, CITIZEN, EMPLOYER))
def my_messages(request: Request) -> HttpResponse:
    """What has been sent to oneself."""
    lines = selectors.my_messages(actor=request.actor, language=request.LANGUAGE_CODE)
    context = {"lines": lines, "base_template": base_of(request.actor), "citizen_id": request.actor.citizen_id}
    return render(request, "meetings/messages.html", context)


@reading
def citizen_messages(request: Request, citizen_id: UUID) -> HttpResponse:
    """What has been sent to a citizen, and what waits."""
    shown = found(
        selectors.citizen_messages(
            actor=request.actor, citizen_id=citizen_id, language=request.LANGUAGE_CODE, at=request.at
        )
    )
    context = {"page": shown, "lines": shown.lines, "base_template": base_of(request.actor), "citizen_id": citizen_id}
    return render(request, "meetings/citizen_messages.html", context)


@choosing
def message_choice(request: Request, citizen_id: UUID) -> HttpResponse:
    """By which way messages come, and what to be reminded of."""
    shown = found(selectors.choice_page(actor=request.actor, citizen_id=citizen_id))
    first = choice_values(shown.wishes)
    form = ChoiceForm(request.POST or None, initial=first, open_ways=shown.open_ways, is_own=shown.is_own)
    if request.method == "POST" and form.is_valid():
        services.choose_messages(actor=request.actor, citizen_id=citizen_id, wishes=form.wishes, at=request.at)
        messages.success(request, _("Saved."))
        return redirect("message_choice", citizen_id)
    context = {"page": shown, "form": form, "base_template": base_of(request.actor), "citizen_id": citizen_id}
    status = 422 if request.method == "POST" else 200
    return render(request, "meetings/message_choice.html", context, status=status)


@calling
def message_calls(request: Request) -> HttpResponse:
    """Whom to phone or write to."""
    lines = selectors.calls(actor=request.actor, language=request.LANGUAGE_CODE)
    return render(request, "meetings/calls.html", {"lines": lines})


@keeping
def message_done(request: Request, message_id: UUID) -> HttpResponse:
    """Somebody has phoned or written."""
    if request.method == "POST":
        try:
            services.finish_by_hand(actor=request.actor, message_id=message_id, at=request.at)
        except services.NotThere as error:
            raise Http404 from error
        except services.NotNow:
            messages.warning(request, str(NOT_NOW))
        else:
            messages.success(request, _("It is noted that the person was told."))
    return redirect("message_calls")


@keeping
def message_again(request: Request, message_id: UUID) -> HttpResponse:
    """A message that perhaps never arrived is tried once more."""
    if request.method != "POST":
        return redirect("message_calls")
    try:
        row = services.send_again(actor=request.actor, message_id=message_id, at=request.at)
    except services.NotThere as error:
        raise Http404 from error
    except services.NotNow:
        messages.warning(request, str(NOT_NOW))
        return redirect("message_calls")
    messages.success(request, _("The message is tried once more."))
    return redirect(reverse("citizen_messages", args=[row.citizen_id]))
