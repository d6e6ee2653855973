"""The rhythm of a municipality: when short talks are due, how soon help answers."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.follow_up.selectors.rhythms import rhythm_page
from jobbro.apps.follow_up.services.rhythms import set_rhythm
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request, found

from .acting import act
from .forms import RhythmForm

steering = page(roles(Role.ADMINISTRATOR, Role.TEAM_LEAD), writes=True)


@steering
def follow_up_rhythm(request: Request, code: str) -> HttpResponse:
    """The rhythm that holds, those before and to come, and a new one from a day on."""
    shown = found(rhythm_page(actor=request.actor, municipality=code, on=request.on))
    holds = shown.holds
    first = {
        "from_on": request.on,
        "steps": " ".join(holds.steps),
        "then_months": holds.then_months,
        "answer_days": holds.answer_days,
        "link_days": holds.link_days,
    }
    form = RhythmForm(request.POST or None, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "follow_up/rhythm.html", {"shown": shown, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    here = reverse("follow_up_rhythm", args=[code])
    return act(
        request,
        do=lambda: set_rhythm(actor=request.actor, municipality=code, draft=form.draft, at=request.at, on=request.on),
        form=form,
        again=again,
        to=here,
        late=here,
        done=_("The rhythm has been set."),
    )
