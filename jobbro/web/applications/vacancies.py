"""Posts applied for with fortrinsadgang: the list, one post, its steps and the minutes of the negotiation."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.applications import services
from jobbro.apps.applications.selectors import VacancyPage, vacancies_of, vacancy_for
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, applying, keeping, reading
from .forms import DayForm, NegotiationForm, VacancyForm
from .reading import vacancies_shown, vacancy_shown
from .words import VACANCY_WORDS


@reading
def vacancies(request: Request, citizen_id: UUID) -> HttpResponse:
    """The posts of a citizen, and how fortrinsadgang goes."""
    shown = found(vacancies_of(actor=request.actor, citizen_id=citizen_id, on=request.on))
    return render(request, "applications/vacancies.html", vacancies_shown(shown, on=request.on))


@applying
def vacancy_add(request: Request, citizen_id: UUID) -> HttpResponse:
    """Note a post that is applied for."""
    shown = found(vacancies_of(actor=request.actor, citizen_id=citizen_id, on=request.on))
    form = VacancyForm(request.POST or None, initial={"on": request.on})

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "applications/vacancy_add.html", {"page": shown, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.note_vacancy(actor=request.actor, citizen_id=citizen_id, draft=form.draft, at=request.at),
        form=form,
        again=again,
        to=reverse("vacancies", args=[citizen_id]),
        done=_("The post is noted. From now on it is on hold until interview and negotiation."),
    )


@reading
def vacancy(request: Request, vacancy_id: UUID) -> HttpResponse:
    """One post: where it stands, what may be done and what not yet, and the minutes."""
    return render(request, "applications/vacancy.html", vacancy_shown(_page(request, vacancy_id), on=request.on))


@applying
def vacancy_move(request: Request, vacancy_id: UUID, turn: str) -> HttpResponse:
    """The day of a step. A step that the law does not allow yet is refused with the step that comes first."""
    shown = _page(request, vacancy_id)
    found(VACANCY_WORDS.get(turn))
    post = shown.vacancy
    is_next = turn in post.moves or (turn == "opinion" and post.may_ask_opinion)
    if turn == "negotiate" or (not is_next and request.method != "POST"):
        return redirect("vacancy_negotiate" if turn == "negotiate" and is_next else "vacancy", vacancy_id=vacancy_id)
    form = DayForm(request.POST or None, initial={"on": request.on, "seen": post.seen})

    def again(*, status: int = 200) -> HttpResponse:
        now = _page(request, vacancy_id) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.vacancy.seen)
        context = {**vacancy_shown(now, on=request.on), "form": form, "turn": turn, "is_conflict": status == 409}
        return render(request, "applications/vacancy_move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    day, seen = form.cleaned_data["on"], form.cleaned_data["seen"]
    act_of = services.ask_opinion if turn == "opinion" else None

    def do() -> object:
        if act_of is not None:
            return act_of(actor=request.actor, vacancy_id=vacancy_id, on=day, seen=seen, at=request.at)
        return services.move_vacancy(
            actor=request.actor, vacancy_id=vacancy_id, move=turn, on=day, seen=seen, at=request.at
        )

    return act(request, do=do, form=form, again=again, to=reverse("vacancy", args=[vacancy_id]), done=_("It is noted."))


@keeping
def vacancy_negotiate(request: Request, vacancy_id: UUID) -> HttpResponse:
    """The minutes of the negotiation."""
    shown = _page(request, vacancy_id)
    post = shown.vacancy
    if "negotiate" not in post.moves and request.method != "POST":
        return redirect("vacancy", vacancy_id=vacancy_id)
    form = NegotiationForm(request.POST or None, initial={"held_on": request.on, "seen": post.seen})

    def again(*, status: int = 200) -> HttpResponse:
        now = _page(request, vacancy_id) if status == 409 else shown
        if status == 409:
            with_new_mark(form, seen=now.vacancy.seen)
        context = {**vacancy_shown(now, on=request.on), "form": form, "is_conflict": status == 409}
        return render(request, "applications/negotiate.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.negotiate_vacancy(
            actor=request.actor,
            vacancy_id=vacancy_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=reverse("vacancy", args=[vacancy_id]),
        done=_("The minutes are kept. Now the employer hires, or refuses with reasons."),
    )


def _page(request: Request, vacancy_id: UUID) -> VacancyPage:
    return found(vacancy_for(actor=request.actor, vacancy_id=vacancy_id, on=request.on))
