"""What colleagues know, the map of a unit, and learning notes."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.teams.enums import CompetenceKind, Sureness
from jobbro.apps.teams.selectors import knowledge as reads
from jobbro.apps.teams.services.competences import end_competence, tell_competence, tell_hours
from jobbro.apps.teams.services.learning import withdraw_learning_note, write_learning_note
from jobbro.webkit.requests import Request, found

from .acting import act, knowing, leading, telling
from .forms import CompetenceForm, FinishForm, HoursForm, LearningForm, LearningSearch
from .picture import map_picture
from .words import place_label, subject_label


@knowing
def competences(request: Request) -> HttpResponse:
    """What I know."""
    return _competences(request, user_id=request.actor.id)


@knowing
def competences_of(request: Request, user_id: UUID) -> HttpResponse:
    """What somebody of a led unit knows."""
    return _competences(request, user_id=user_id)


def _competences(
    request: Request,
    *,
    user_id: UUID,
    form: CompetenceForm | None = None,
    hours_form: HoursForm | None = None,
    status: int = 200,
) -> HttpResponse:
    page = found(reads.competences_of(actor=request.actor, user_id=user_id, on=request.on))
    context = {
        "page": page,
        "lines": [(line, _label(line, page=page)) for line in page.lines],
        "form": form or CompetenceForm(municipalities=page.municipalities),
        "hours_form": hours_form or HoursForm(initial={"hours": f"{page.hours:g}".replace(".", ",")}),
    }
    return render(request, "teams/competences.html", context, status=status)


def _label(line: reads.CompetenceLine, *, page: reads.CompetencesPage) -> str:
    if line.kind == CompetenceKind.PLACE:
        return place_label(line.code, municipalities=page.municipalities)
    return subject_label(line.kind, line.code)


def _home(request: Request, user_id: UUID) -> str:
    return reverse("competences") if user_id == request.actor.id else reverse("competences_of", args=[user_id])


@telling
def competence_add(request: Request, user_id: UUID) -> HttpResponse:
    """One more thing somebody knows."""
    page = found(reads.competences_of(actor=request.actor, user_id=user_id, on=request.on))
    back = _home(request, user_id)
    if request.method != "POST":
        return redirect(back)
    form = CompetenceForm(request.POST, municipalities=page.municipalities)

    def again(*, status: int = 200) -> HttpResponse:
        return _competences(request, user_id=user_id, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    typed = form.cleaned_data
    return act(
        request,
        do=lambda: tell_competence(
            actor=request.actor,
            user_id=user_id,
            kind=CompetenceKind(typed["kind"]),
            code=typed["code"],
            sureness=Sureness(typed["sureness"]),
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved."),
    )


@telling
def competence_end(request: Request, user_id: UUID, competence_id: UUID) -> HttpResponse:
    """It is told no more, after a question."""
    page = found(reads.competences_of(actor=request.actor, user_id=user_id, on=request.on))
    line = found(next((one for one in page.lines if one.id == competence_id), None))
    back = _home(request, user_id)

    def again(*, status: int = 200) -> HttpResponse:
        context = {"page": page, "line": line, "label": _label(line, page=page), "back": back}
        return render(request, "teams/competence_end.html", context, status=status)

    if request.method != "POST":
        return again()
    return act(
        request,
        do=lambda: end_competence(actor=request.actor, competence_id=competence_id, at=request.at),
        form=FinishForm(),
        again=again,
        to=back,
        late=back,
        done=_("Saved."),
    )


@telling
def hours_set(request: Request, user_id: UUID) -> HttpResponse:
    """How many hours a week somebody works with citizens."""
    found(reads.competences_of(actor=request.actor, user_id=user_id, on=request.on))
    back = _home(request, user_id)
    if request.method != "POST":
        return redirect(back)
    form = HoursForm(request.POST)

    def again(*, status: int = 200) -> HttpResponse:
        return _competences(request, user_id=user_id, hours_form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: tell_hours(actor=request.actor, user_id=user_id, hours=form.cleaned_data["hours"], on=request.on),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved."),
    )


@leading
def competence_map(request: Request, unit_id: UUID) -> HttpResponse:
    """What the caseload of a unit needs against what its people know."""
    shown = found(reads.competence_map(actor=request.actor, unit_id=unit_id, on=request.on))
    return render(request, "teams/competence_map.html", {"map": shown, "pictures": map_picture(shown)})


@knowing
def learning_notes(request: Request) -> HttpResponse:
    """Learning notes, by subject and words."""
    form = LearningSearch(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    kind, _mark, code = asked.get("subject", "").partition("|")
    notes = reads.learning_notes(
        actor=request.actor,
        kind=CompetenceKind(kind) if kind else None,
        code=code,
        words=asked.get("words", ""),
    )
    lines = [(note, subject_label(note.kind, note.code)) for note in notes]
    context = {"lines": lines, "search_form": form, "is_narrowed": bool(asked.get("words") or kind)}
    return render(request, "teams/learning_notes.html", context)


def _units(request: Request) -> list[tuple[str, str]]:
    return [(str(position.unit_id), position.unit) for position in request.actor.positions]


@telling
def learning_note_add(request: Request) -> HttpResponse:
    """Somebody has learnt something."""
    initial: dict[str, Any] = {"subject": request.GET.get("subject", "")}
    form = LearningForm(request.POST if request.method == "POST" else None, units=_units(request), initial=initial)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/learning_note_add.html", {"form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    kind, _mark, code = form.cleaned_data["subject"].partition("|")
    back = reverse("learning_notes")
    return act(
        request,
        do=lambda: write_learning_note(
            actor=request.actor,
            unit_id=UUID(form.cleaned_data["unit"]),
            kind=CompetenceKind(kind),
            code=code,
            text=form.cleaned_data["text"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The note is there for your colleagues."),
    )


@telling
def learning_note_withdraw(request: Request, learning_id: UUID) -> HttpResponse:
    """A note is shown no more, after a question."""
    note = found(reads.learning_note(actor=request.actor, note_id=learning_id))
    back = reverse("learning_notes")

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/learning_note_withdraw.html", {"note": note, "back": back}, status=status)

    if request.method != "POST":
        return again()
    return act(
        request,
        do=lambda: withdraw_learning_note(actor=request.actor, note_id=learning_id, at=request.at),
        form=FinishForm(),
        again=again,
        to=back,
        late=back,
        done=_("The note is taken back."),
    )
