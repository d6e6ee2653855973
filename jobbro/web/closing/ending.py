"""A course ends, what is kept of it, and how it begins again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.closing.selectors.ending import ClosedPage, close_page, closed_page, reopen_page
from jobbro.apps.closing.services.ending import close_course, reopen_course, say_last_word
from jobbro.webkit.requests import Request, found

from .acting import act, base_of, ending, printing, reading, speaking
from .forms import CloseForm, LastWordForm, ReopenForm
from .pdf import closing_pdf
from .reading import closed_shown
from .words import in_place_told, open_told, reached_told


@ending
def case_close(request: Request, citizen_id: UUID) -> HttpResponse:
    """What was reached, what is in place, who to call, and what becomes of everything that is still open."""
    page = found(close_page(actor=request.actor, citizen_id=citizen_id, at=request.at, on=request.on))
    closed = reverse("case_closed", args=[citizen_id])
    if page.is_closed and request.method != "POST":
        return redirect(closed)
    form = CloseForm(
        request.POST or None,
        open_things=[(thing.key, open_told(thing)) for thing in page.open_things],
        initial={
            "reached": "\n".join(reached_told(one) for one in page.reached),
            "in_place": "\n".join(in_place_told(one) for one in page.in_place),
            "contact_name": page.contact_name,
            "contact_phone": page.contact_phone,
            "contact_from_on": request.on,
        },
    )

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "closing/close.html", {"page": page, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: close_course(
            actor=request.actor,
            citizen_id=citizen_id,
            draft=form.draft,
            handled=form.handled,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=closed,
        late=closed,
        done=_("The course is closed. The citizen can read this page, print it and say a last word."),
    )


@reading
def case_closed(request: Request, citizen_id: UUID) -> HttpResponse:
    """How the course ended, for the citizen and those who carried it."""
    return _show(request, page=_closed(request, citizen_id))


@printing
def case_closed_pdf(request: Request, citizen_id: UUID) -> HttpResponse:
    """The same on paper; its file name tells nothing."""
    page = _closed(request, citizen_id)
    found(page.closing)
    return closing_pdf(page, on=request.on)


@speaking
def last_word_say(request: Request, citizen_id: UUID) -> HttpResponse:
    """The citizen's own last word."""
    page = _closed(request, citizen_id)
    back = reverse("case_closed", args=[citizen_id])
    if request.method != "POST":
        return redirect(back)
    form = LastWordForm(request.POST)

    def again(*, status: int) -> HttpResponse:
        return _show(request, page=page, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: say_last_word(
            actor=request.actor, citizen_id=citizen_id, words=form.cleaned_data["words"], at=request.at
        ),
        form=form,
        again=again,
        to=f"{back}#last-word",
        late=back,
        done=_("Thank you. It is kept."),
    )


@ending
def case_reopen(request: Request, citizen_id: UUID) -> HttpResponse:
    """The citizen comes back: everything that was there is there."""
    page = found(reopen_page(actor=request.actor, citizen_id=citizen_id, on=request.on))
    file = reverse("citizen", args=[citizen_id])
    if not page.is_closed and request.method != "POST":
        return redirect(file)
    people = [(str(one.id), f"{one.name} · {one.note}") for one in page.people]
    form = ReopenForm(request.POST or None, people=people, initial={"lead": str(page.lead_id or "")})

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "closing/reopen.html", {"page": page, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    data = form.cleaned_data
    return act(
        request,
        do=lambda: reopen_course(
            actor=request.actor,
            citizen_id=citizen_id,
            changed_words=data["changed_words"],
            next_step=data["next_step"],
            next_step_on=data["next_step_on"],
            lead_user_id=form.lead_id,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=file,
        late=file,
        done=_("The course is open again, with everything that was there."),
    )


def _closed(request: Request, citizen_id: UUID) -> ClosedPage:
    return found(closed_page(actor=request.actor, citizen_id=citizen_id))


def _show(request: Request, *, page: ClosedPage, form: LastWordForm | None = None, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "shown": closed_shown(page),
        "form": form,
        "word_form": form or LastWordForm(),
        "base_template": base_of(is_own=page.is_own),
    }
    return render(request, "closing/closed.html", context, status=status)
