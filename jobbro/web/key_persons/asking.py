"""Ask the key person, from any page of the staff: earlier answers first, and no more along than needed."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.key_persons.refusals import Refused
from jobbro.apps.key_persons.selectors import knowledge as knowledge_selectors
from jobbro.apps.key_persons.selectors import questions as selectors
from jobbro.apps.key_persons.selectors.questions import AskPage
from jobbro.apps.key_persons.services import questions as services
from jobbro.webkit.requests import Request

from .acting import asking, gone_on, tell_refusal
from .along import along_of
from .forms import AskForm
from .knowledge import found_told
from .words import time_told


@asking
def ask_key_person(request: Request) -> HttpResponse:
    """The question; then earlier answers like it with the question once more; then it is sent."""
    came_from = (request.POST.get("came_from") or request.GET.get("from") or "").replace("\0", "")
    along = along_of(request.actor, came_from)
    ask = selectors.ask_page(actor=request.actor, on=request.on)
    data = request.POST if request.method == "POST" else None
    form = AskForm(data, ask=ask, along=along, came_from=came_from, on=request.on)
    if request.method != "POST":
        return _shown(request, form=form, ask=ask)
    if not form.is_valid():
        return _shown(request, form=form, ask=ask, is_sure="sure" in request.POST, status=422)
    if "sure" not in request.POST:
        near = knowledge_selectors.near_answers(
            actor=request.actor, text=form.cleaned_data["text"], scheme=form.cleaned_data["scheme"], on=request.on
        )
        return _shown(request, form=form, ask=ask, is_sure=True, near=found_told(near))
    try:
        question = services.ask_question(
            actor=request.actor, draft=form.draft, citizen_id=along.citizen_id, at=request.at, on=request.on
        )
    except Refused as refusal:
        tell_refusal(form, refusal)
        return _shown(request, form=form, ask=ask, is_sure=True, status=422)
    done = _("Your question is sent. You get a message when there is an answer.")
    return gone_on(request, done=done, to=reverse("question", args=[question.pk]))


def _shown(
    request: Request,
    *,
    form: AskForm,
    ask: AskPage,
    is_sure: bool = False,
    near: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    place = form.asked_from if not form.is_bound or form.is_valid() else ask.places[0]
    context = {
        "form": form,
        "ask": ask,
        "place": place,
        "time": time_told(place.answer_minutes),
        "is_sure": is_sure,
        "near": near,
        "near_is_asked": near is not None,
    }
    return render(request, "key_persons/ask.html", context, status=status)
