"""The page of a mini-team: who is away, who stands in; absences noted and ended."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.teams.enums import AbsenceKind
from jobbro.apps.teams.selectors import teams as reads
from jobbro.apps.teams.services.absences import end_absence, note_absence
from jobbro.webkit.requests import Request, found

from .acting import act, team_keeping, team_listing, team_reading
from .forms import AbsenceForm, BackForm


def _people(home: reads.TeamHome) -> list[tuple[str, str]]:
    return [(str(user_id), name) for user_id, name in home.people]


@team_reading
def team_home(request: Request, team_id: UUID) -> HttpResponse:
    """Who is here, who is away, buddy pairs, load."""
    home = found(reads.team_home(actor=request.actor, team_id=team_id, on=request.on))
    return render(request, "teams/team_home.html", {"home": home})


@team_listing
def cover_plan(request: Request, team_id: UUID) -> HttpResponse:
    """Who stands in for whom."""
    plan = found(reads.cover_plan(actor=request.actor, team_id=team_id, on=request.on))
    return render(request, "teams/cover_plan.html", {"plan": plan})


@team_keeping
def absence_add(request: Request, team_id: UUID) -> HttpResponse:
    """Somebody of the mini-team is away."""
    home = found(reads.team_home(actor=request.actor, team_id=team_id, on=request.on))
    own = str(request.actor.id)
    initial: dict[str, Any] = {"from_on": request.on, "user": own if own in dict(_people(home)) else ""}
    form = AbsenceForm(request.POST if request.method == "POST" else None, people=_people(home), initial=initial)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/absence_add.html", {"home": home, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    typed = form.cleaned_data
    back = reverse("team_home", args=[team_id])
    return act(
        request,
        do=lambda: note_absence(
            actor=request.actor,
            user_id=UUID(typed["user"]),
            kind=AbsenceKind(typed["kind"]),
            from_on=typed["from_on"],
            until_on=typed["until_on"],
            cover_id=UUID(typed["cover"]) if typed["cover"] else None,
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=reverse("cover_plan", args=[team_id]),
        late=back,
        done=_("The absence is noted. Here you see who stands in."),
    )


@team_keeping
def absence_end(request: Request, absence_id: UUID) -> HttpResponse:
    """Somebody is back."""
    line, team = found(reads.absence_line(actor=request.actor, absence_id=absence_id, on=request.on))
    form = BackForm(request.POST if request.method == "POST" else None, initial={"back_on": request.on})
    back = reverse("team_home", args=[team.pk]) if team else reverse("home")

    def again(*, status: int = 200) -> HttpResponse:
        context = {"line": line, "form": form, "back": back}
        return render(request, "teams/absence_end.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: end_absence(
            actor=request.actor,
            absence_id=absence_id,
            back_on=form.cleaned_data["back_on"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("It is noted who is back and from when."),
    )
