"""One open job whole, and its moves: open, filled, closed, a draft again."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from jobbro.apps.jobs.selectors.openings import OpeningPage, opening_page
from jobbro.apps.jobs.services.openings import OpeningMove, move_opening
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.halfdays import slots_told
from jobbro.webkit.labels import AREA_LABELS, DEMAND_WORDS
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, framed, keeping, reading
from .forms import MoveForm
from .reading import line_shown
from .words import HAPPENED, MOVE_DONE, MOVE_TEXTS, MOVE_WORDS, by_payer, skill_names

# What is offered first for each state.
MAIN = ("open", "reopen")


@reading
def opening(request: Request, opening_id: UUID) -> HttpResponse:
    """The job: the work, what it asks and who says so, support, days and what happened to it."""
    page = _page(request, opening_id)
    demands = [
        (AREA_LABELS[area.code], DEMAND_WORDS[area.level], area.sentences[area.level - 1])
        for group in page.groups
        for area in group.asked
    ]
    support = [
        (payer, [entry.name.in_language(language()) for entry in entries]) for payer, entries in by_payer(page.measures)
    ]
    is_ready = bool(page.demand)
    context = framed(
        request,
        page=page,
        line=line_shown(page.line, on=request.on),
        demands=demands,
        support=support,
        week=slots_told(page.slots),
        skills=", ".join(skill_names(page.requires)),
        happened=[{"told": HAPPENED[one.what], "one": one} for one in page.happened],
        moves=[{"code": move, "label": MOVE_WORDS[move], "is_main": move in MAIN and is_ready} for move in page.moves],
        people_url=_people_url(request, page),
    )
    return render(request, "openings/opening.html", context)


@keeping
def opening_state(request: Request, opening_id: UUID, turning: str) -> HttpResponse:
    """What a move means, a few words, and the move."""
    if turning not in MOVE_WORDS:
        raise Http404
    page = _page(request, opening_id)
    to = reverse("opening", args=[opening_id])
    if turning not in page.moves and request.method != "POST":
        return redirect(to)
    form = MoveForm(request.POST or None, initial={"seen": page.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=page.seen)
        context = framed(
            request,
            page=page,
            line=line_shown(page.line, on=request.on),
            form=form,
            heading=MOVE_WORDS[turning],
            text=MOVE_TEXTS[turning],
            is_opening=turning in MAIN,
            is_conflict=status == 409,
        )
        return render(request, "openings/move.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: move_opening(
            actor=request.actor,
            opening_id=opening_id,
            move=turning,
            details=OpeningMove(on=request.on, words=form.cleaned_data["words"]),
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=to,
        late=to,
        done=str(MOVE_DONE[turning]),
    )


def _page(request: Request, opening_id: UUID) -> OpeningPage:
    return found(opening_page(actor=request.actor, opening_id=opening_id, language=language(), on=request.on))


def _people_url(request: Request, page: OpeningPage) -> str:
    """Where staff see who could like the job, while it is open."""
    if request.actor.is_employer or not request.actor.is_caseworking or page.line.state != "open":
        return ""
    try:
        return reverse("people_for", args=[page.line.id])
    except NoReverseMatch:
        return ""
