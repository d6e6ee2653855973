"""The page of one placement, what a team should look at, and what a company sees of its own talks."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.accounts.enums import Role
from jobbro.apps.follow_up.enums import TalkParty
from jobbro.apps.follow_up.selectors.ours import our_follow_up as ours
from jobbro.apps.follow_up.selectors.pages import follow_up_page
from jobbro.apps.follow_up.selectors.signals import watch_page
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found

from .acting import looked, our_listing, reading, watching
from .reading import page_shown, talk_shown, trends_of
from .words import WHO, signal_told


@reading
def follow_up(request: Request, placement_id: UUID) -> HttpResponse:
    """Talks, trend, signals, sick leave, hours, help and schemes of one placement."""
    page = found(follow_up_page(actor=request.actor, placement_id=placement_id, on=request.on))
    return render(request, "follow_up/page.html", page_shown(page, on=request.on))


@watching
def signals(request: Request) -> HttpResponse:
    """Where somebody should look: calls for help, early signals, talks that are due or unread."""
    is_mine = request.GET.get("whose") != "team"
    page = watch_page(actor=request.actor, is_mine=is_mine, on=request.on)
    rows = [
        {
            "one": one,
            "url": reverse("follow_up", args=[one.placement.pk]),
            "sentences": [signal_told(signal, is_own=False) for signal in one.signals],
            "due": [(str(WHO[party]), talk.due_on) for party, talk in one.due],
        }
        for one in page.watched
    ]
    context = {
        "page": page,
        "rows": rows,
        "on": request.on,
        "may_set": request.actor.has(Role.TEAM_LEAD),
        "may_send": any(one.due for one in page.watched),
    }
    return render(request, "follow_up/signals.html", context)


@our_listing
def our_follow_up(request: Request) -> HttpResponse:
    """The company's own talks and calls for help, one section a person at work."""
    own = found(ours(actor=request.actor, company_id=company_asked(request), on=request.on))
    card = own.choice.card
    if card.is_closed:
        return render(request, "employer_home/closed.html", {"choice": own.choice, "card": card})
    looked(request, name=card.name, citizen_ids=[one.placement.citizen_id for one in own.placements])
    rows = [
        {
            "one": one,
            "trends": trends_of(one.answered, party=TalkParty.EMPLOYER),
            "talks": [talk_shown(talk) for talk in reversed(one.answered)],
        }
        for one in own.placements
    ]
    return render(request, "follow_up/ours.html", {"choice": own.choice, "card": card, "rows": rows})
