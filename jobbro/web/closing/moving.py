"""A move to another municipality, as the sender proposes it and the citizen answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.closing.selectors.moving import MovePage, move_page
from jobbro.apps.closing.services.moving import answer_move, call_off_move, propose_move
from jobbro.webkit.requests import Request, found

from .acting import act, base_of, ending, speaking
from .forms import AnswerForm, MoveForm, WhyForm
from .words import NOT_NOW, in_place_told


@speaking
def move_municipality(request: Request, citizen_id: UUID) -> HttpResponse:
    """Staff propose; the citizen reads where, when and what, and answers."""
    page = _page(request, citizen_id)
    back = reverse("move_municipality", args=[citizen_id])
    if page.is_own or page.is_alive or not page.can_steer:
        return redirect(back) if request.method == "POST" else _show(request, page=page)
    contact = ", ".join(part for part in (request.actor.name, request.actor.phone) if part)
    form = MoveForm(request.POST or None, municipalities=page.municipalities, initial={"contact": contact})

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "form": form, "goes": [in_place_told(one) for one in page.in_place]}
        return render(request, "closing/move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: propose_move(
            actor=request.actor, citizen_id=citizen_id, draft=form.draft, at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The citizen has been told, and says what goes along. The new municipality can see that they come."),
    )


@speaking
def move_answer(request: Request, citizen_id: UUID) -> HttpResponse:
    """Whether needs and plan go along."""
    page = _page(request, citizen_id)
    back = reverse("move_municipality", args=[citizen_id])
    if request.method != "POST":
        return redirect(back)
    if not page.may_answer:
        messages.warning(request, str(NOT_NOW))
        return redirect(back)
    form = AnswerForm(request.POST, is_own=page.is_own)

    def again(*, status: int) -> HttpResponse:
        return _show(request, page=page, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: answer_move(
            actor=request.actor,
            citizen_id=citizen_id,
            profile_goes=form.says_yes("profile"),
            plan_goes=form.says_yes("plan"),
            noted=form.noted_words,
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Thank you. You can change it until the new municipality has received you.")
        if page.is_own
        else _("It is noted what goes along."),
    )


@ending
def move_call_off(request: Request, citizen_id: UUID) -> HttpResponse:
    """The citizen does not move after all."""
    page = _page(request, citizen_id)
    back = reverse("move_municipality", args=[citizen_id])
    if not (page.is_alive and page.can_steer) and request.method != "POST":
        return redirect(back)
    form = WhyForm(request.POST or None)

    def again(*, status: int = 200) -> HttpResponse:
        context = {"form": form, "heading": _("Call the move off"), "back": back, "verb": _("Call the move off")}
        return render(request, "closing/why.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: call_off_move(
            actor=request.actor, citizen_id=citizen_id, words=form.cleaned_data["words"], at=request.at
        ),
        form=form,
        again=again,
        to=reverse("citizen", args=[citizen_id]),
        late=back,
        done=_("The move is called off. Everything is as it was."),
    )


def _page(request: Request, citizen_id: UUID) -> MovePage:
    return found(move_page(actor=request.actor, citizen_id=citizen_id, on=request.on))


def _show(request: Request, *, page: MovePage, form: AnswerForm | None = None, status: int = 200) -> HttpResponse:
    """What is proposed, with the answer and the form for it."""
    move = page.move
    first = {} if move is None or move.answered_at is None else {"profile": _yes(move.profile_goes)}
    if first and move is not None:
        first["plan"] = _yes(move.plan_goes)
    context = {
        "page": page,
        "move": move,
        "form": form,
        "answer_form": form or AnswerForm(is_own=page.is_own, initial=first),
        "goes": [in_place_told(one) for one in page.in_place],
        "base_template": base_of(is_own=page.is_own),
    }
    return render(request, "closing/moving.html", context, status=status)


def _yes(goes: bool | None) -> str:
    return "yes" if goes else "no"
