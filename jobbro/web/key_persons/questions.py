"""Questions: the lists, one question with its thread, and each step of it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.key_persons.enums import QuestionState
from jobbro.apps.key_persons.refusals import NotNow, NotThere, Refused
from jobbro.apps.key_persons.selectors import questions as selectors
from jobbro.apps.key_persons.selectors.questions import QuestionPage, QuestionRow
from jobbro.apps.key_persons.services import questions as services
from jobbro.webkit.labels import GROUP_LABELS
from jobbro.webkit.requests import Request, found

from .acting import gone_on, keeping, reading, tell_refusal
from .forms import WordsForm
from .words import NOT_NOW, item_told, scheme_name


@reading
def questions(request: Request) -> HttpResponse:
    """What waits for me, what I asked, and all of the unit for whoever answers or leads."""
    state, number = request.GET.get("state", ""), request.GET.get("page", "")
    page = selectors.questions(
        actor=request.actor,
        state=state if state in QuestionState.values else "",
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 6 else 1,
        on=request.on,
    )
    context = {
        "page": page,
        "waiting": [_line(row) for row in page.waiting],
        "mine": [_line(row) for row in page.mine],
        "all": [_line(row) for row in page.all],
        "states": QuestionState,
    }
    return render(request, "key_persons/questions.html", context)


@reading
def question(request: Request, asked_id: UUID) -> HttpResponse:
    """One question with its thread."""
    return _shown(request, page=_found(request, asked_id))


@keeping
def question_take(request: Request, asked_id: UUID) -> HttpResponse:
    """I have it."""
    return _step(
        request,
        asked_id,
        do=lambda: services.take_question(actor=request.actor, question_id=asked_id, at=request.at),
        done=_("You have the question. The others can see it."),
    )


@keeping
def question_release(request: Request, asked_id: UUID) -> HttpResponse:
    """Somebody else may have it."""
    return _step(
        request,
        asked_id,
        do=lambda: services.release_question(actor=request.actor, question_id=asked_id, at=request.at),
        done=_("The question waits for everybody who can answer."),
    )


@keeping
def question_close(request: Request, asked_id: UUID) -> HttpResponse:
    """It is done."""
    return _step(
        request,
        asked_id,
        do=lambda: services.close_question(actor=request.actor, question_id=asked_id, at=request.at),
        done=_("The question is closed."),
    )


@keeping
def question_answer(request: Request, asked_id: UUID) -> HttpResponse:
    """The asker has an answer."""
    return _words(
        request,
        asked_id,
        move="answer",
        do=lambda text: services.answer_question(actor=request.actor, question_id=asked_id, text=text, at=request.at),
        done=_("Your answer is sent."),
    )


@keeping
def question_ask_further(request: Request, asked_id: UUID) -> HttpResponse:
    """A question to the answer."""
    return _words(
        request,
        asked_id,
        move="follow_up",
        do=lambda text: services.ask_further(
            actor=request.actor, question_id=asked_id, text=text, at=request.at, on=request.on
        ),
        done=_("Your question is sent."),
    )


def _found(request: Request, asked_id: UUID) -> QuestionPage:
    return found(selectors.question_page(actor=request.actor, question_id=asked_id, on=request.on))


def _step(request: Request, asked_id: UUID, *, do: Callable[[], Any], done: str) -> HttpResponse:
    """A button that was pressed; a link to it shows the question."""
    if request.method != "POST":
        return _shown(request, page=_found(request, asked_id))
    here = reverse("question", args=[asked_id])
    try:
        do()
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(here)
    return gone_on(request, done=done, to=here)


def _words(request: Request, asked_id: UUID, *, move: str, do: Callable[[str], Any], done: str) -> HttpResponse:
    page = _found(request, asked_id)
    if request.method != "POST":
        return _shown(request, page=page)
    form = _form(move, data=request)
    if not form.is_valid():
        return _shown(request, page=page, form=form, status=422)
    here = reverse("question", args=[asked_id])
    try:
        do(form.cleaned_data["text"])
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        tell_refusal(form, refusal)
        return _shown(request, page=page, form=form, status=422)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return HttpResponseRedirect(here)
    return gone_on(request, done=done, to=here)


def _form(move: str, *, data: Request | None = None) -> WordsForm:
    label = _("Your answer") if move == "answer" else _("Ask further")
    return WordsForm(data.POST if data else None, label=label)


def _shown(request: Request, *, page: QuestionPage, form: WordsForm | None = None, status: int = 200) -> HttpResponse:
    move = next((move for move in ("answer", "follow_up") if move in page.moves), "")
    if form is None and move:
        form = _form(move)
    context = {
        "page": page,
        "line": _line(page.row),
        "context": [item_told(item) for item in page.context],
        "form": form if move else None,
        "move": move,
    }
    return render(request, "key_persons/question.html", context, status=status)


def _line(row: QuestionRow) -> dict[str, Any]:
    subjects = [*(scheme_name(code) for code in row.schemes), *(str(GROUP_LABELS[code]) for code in row.groups)]
    return {"row": row, "subjects": subjects}
