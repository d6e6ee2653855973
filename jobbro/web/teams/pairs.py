"""Buddy pairs are made and ended by the lead of the unit."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.teams.selectors.teams import team_home
from jobbro.apps.teams.services.pairs import end_pair, make_pair
from jobbro.webkit.requests import Request, found

from .acting import act, lead_keeping
from .forms import FinishForm, PairForm


@lead_keeping
def pair_make(request: Request, team_id: UUID) -> HttpResponse:
    """Two of the mini-team become a pair."""
    home = found(team_home(actor=request.actor, team_id=team_id, on=request.on))
    people = [(str(user_id), name) for user_id, name in home.people]
    form = PairForm(request.POST if request.method == "POST" else None, people=people)
    back = reverse("team_home", args=[team_id])

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/pair_make.html", {"home": home, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: make_pair(
            actor=request.actor,
            team_id=team_id,
            first_id=UUID(form.cleaned_data["first"]),
            second_id=UUID(form.cleaned_data["second"]),
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The pair is made. They stand in for each other from today."),
    )


@lead_keeping
def pair_end(request: Request, team_id: UUID, pair_id: UUID) -> HttpResponse:
    """The pair is one no more, after a question."""
    home = found(team_home(actor=request.actor, team_id=team_id, on=request.on))
    pair = found([mate for mate in home.mates if mate.pair_id == pair_id] or None)
    back = reverse("team_home", args=[team_id])

    def again(*, status: int = 200) -> HttpResponse:
        names = " – ".join(mate.name for mate in pair)
        return render(
            request,
            "teams/pair_end.html",
            {"home": home, "names": names, "pair_id": pair_id, "back": back},
            status=status,
        )

    if request.method != "POST":
        return again()
    return act(
        request,
        do=lambda: end_pair(actor=request.actor, pair_id=pair_id, at=request.at, on=request.on),
        form=FinishForm(),
        again=again,
        to=back,
        late=back,
        done=_("The pair has ended."),
    )
