"""The open guide: two doors, one question a page, results at any time. Nothing is stored anywhere."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes import question_text
from jobbro.webkit.traceless import traceless

from .asking import course_of
from .forms import QuestionForm, initial_of
from .results import results_of, told_lines
from .sheets import Sheet, State, Told, clashes_with, read_sheet

UNPROCESSABLE = 422
# What a button of the question says in place of an answer.
PASSES: dict[str, State] = {"dont_know": "dont_know", "skip": "skipped"}


@page(ANYONE)
def open_guide(request: Request) -> HttpResponse:
    """What the guide is, and its two doors."""
    return render(request, "open_guide/start.html")


@page(ANYONE, writes=True)
@traceless
def open_guide_questions(request: Request) -> HttpResponse:
    """One question; what was answered travels with the form."""
    if request.method != "POST":
        return redirect("open_guide")
    sheet = read_sheet(request.POST, on=request.on)
    wanted = request.POST.get("change") or request.POST.get("again")
    if wanted:
        return _ask(request, sheet=sheet, code=wanted)
    return _go_on(request, sheet=sheet)


@page(ANYONE, writes=True)
@traceless
def open_guide_results(request: Request) -> HttpResponse:
    """What the answers so far point to."""
    if request.method != "POST":
        return redirect("open_guide")
    sheet = read_sheet(request.POST, on=request.on)
    form = _form_sent(request, sheet=sheet)
    if form is None or form.is_empty:
        return _show_results(request, sheet=sheet)
    return _with_answer(request, sheet=sheet, form=form, then=_show_results)


def _go_on(request: Request, *, sheet: Sheet) -> HttpResponse:
    """What the pressed button of a question says."""
    form, pressed = _form_sent(request, sheet=sheet), request.POST.get("go", "")
    if form is None:
        return _ask_next(request, sheet=sheet)
    if pressed in PASSES:
        return _ask_next(request, sheet=sheet.with_told(Told(code=form.fact.code, state=PASSES[pressed])))
    if pressed == "back":
        return _ask_before(request, sheet=sheet, form=form)
    return _with_answer(request, sheet=sheet, form=form, then=_ask_next)


def _form_sent(request: Request, *, sheet: Sheet) -> QuestionForm | None:
    """The form of the question that was on the page, when there was one."""
    fact = sheet.door.facts.get(request.POST.get("question", ""))
    return QuestionForm(request.POST, fact=fact, on=request.on, is_easy=request.is_easy) if fact else None


def _with_answer(request: Request, *, sheet: Sheet, form: QuestionForm, then: Any) -> HttpResponse:
    """On with the answer, or the question again when it cannot be used."""
    if not form.is_valid():
        form.forget_cpr()
        return _show_question(request, sheet=sheet, form=form, status=UNPROCESSABLE)
    told = Told(code=form.fact.code, state="told", value=form.value)
    clash = clashes_with(told, sheet=sheet, on=request.on)
    if clash is None:
        return then(request, sheet=sheet.with_told(told))
    contradiction, others = clash
    form.add_error("answer", contradiction.text.in_language(request.LANGUAGE_CODE))
    return _show_question(request, sheet=sheet, form=form, status=UNPROCESSABLE, others=others)


def _ask_before(request: Request, *, sheet: Sheet, form: QuestionForm) -> HttpResponse:
    """The question before this one; a usable answer on the page is kept."""
    code = form.fact.code
    if not form.is_empty and form.is_valid():
        told = Told(code=code, state="told", value=form.value)
        sheet = sheet if clashes_with(told, sheet=sheet, on=request.on) else sheet.with_told(told)
    before = sheet.before(code)
    return _ask(request, sheet=sheet, code=before) if before else redirect("open_guide")


def _ask_next(request: Request, *, sheet: Sheet) -> HttpResponse:
    course = course_of(sheet, on=request.on)
    if course.following is None:
        return _show_results(request, sheet=sheet)
    return _ask(request, sheet=sheet, code=course.following.code)


def _ask(request: Request, *, sheet: Sheet, code: str) -> HttpResponse:
    """The question with its earlier answer; the next one for a code that is none of ours."""
    fact = sheet.door.facts.get(code)
    if fact is None:
        return _ask_next(request, sheet=sheet)
    told = sheet.about(code)
    initial = initial_of(told.value) if told else {}
    form = QuestionForm(initial=initial, fact=fact, on=request.on, is_easy=request.is_easy)
    return _show_question(request, sheet=sheet, form=form)


def _show_question(
    request: Request, *, sheet: Sheet, form: QuestionForm, status: int = 200, others: tuple[str, ...] = ()
) -> HttpResponse:
    code = form.fact.code
    context = {
        "form": form,
        "sheet": sheet,
        "code": code,
        "is_asked_again": sheet.about(code) is not None,
        "most_left": course_of(sheet, on=request.on).most_left,
        "others": [(other, _question(sheet, other, request=request)) for other in others],
        "kept": _kept(sheet, path=reverse("open_guide_questions"), more=("again", code)),
    }
    return render(request, "open_guide/question.html", context, status=status)


def _question(sheet: Sheet, code: str, *, request: Request) -> str:
    return question_text(sheet.door.facts[code], is_easy=request.is_easy)


def _show_results(request: Request, *, sheet: Sheet) -> HttpResponse:
    course = course_of(sheet, on=request.on)
    context = {
        "sheet": sheet,
        "course": course,
        "results": results_of(course, sheet=sheet, is_easy=request.is_easy),
        "told": told_lines(sheet, is_easy=request.is_easy),
        "shows_all": request.POST.get("show") == "all",
        "kept": _kept(sheet, path=reverse("open_guide_results"), more=("go", "results")),
    }
    return render(request, "open_guide/results.html", context)


def _kept(sheet: Sheet, *, path: str, more: tuple[str, str]) -> dict[str, Any]:
    """What the buttons for language and easy reading take along, so that they lose no answer."""
    return {"path": path, "fields": (*sheet.fields, more)}
