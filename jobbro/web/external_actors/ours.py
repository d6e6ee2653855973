"""What somebody at a partner opens: their work that holds today. Each look is told to the citizen."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.external_actors.refusals import NotNow, NotThere, Refused
from jobbro.apps.external_actors.selectors import ours as selectors
from jobbro.apps.external_actors.services.engagements import write_entry
from jobbro.webkit.requests import Request, found

from .acting import our_listing, our_reading, our_writing, tell_refusal
from .forms import EntryForm


@our_listing
def our_engagements(request: Request) -> HttpResponse:
    """The engagements of this person that hold today."""
    own = found(selectors.our_engagements(actor=request.actor, on=request.on))
    request.look.extra.extend(one.citizen_id for one in own.engagements)
    request.look.purpose_text = own.partner
    return render(request, "external_actors/our_engagements.html", {"own": own})


@our_reading
def our_engagement(request: Request, engagement_id: UUID) -> HttpResponse:
    """One engagement; when it does not hold any more, a page that names nobody."""
    page = selectors.our_engagement(actor=request.actor, engagement_id=engagement_id, on=request.on)
    if page is None:
        return _not_here(request)
    _looked(request, page)
    return render(request, "external_actors/our_engagement.html", {"page": page, "one": page.engagement})


@our_writing
def engagement_entry_add(request: Request, engagement_id: UUID) -> HttpResponse:
    """What was done, or how far the goal was reached as the partner sees it."""
    page = selectors.our_engagement(actor=request.actor, engagement_id=engagement_id, on=request.on)
    if page is None:
        return _not_here(request)
    _looked(request, page)
    form = EntryForm(request.POST or None, is_staff=False, initial={"done_on": request.on})
    if request.method != "POST":
        return _written(request, form, page=page)
    if not form.is_valid():
        return _written(request, form, page=page, status=422)
    try:
        write_entry(actor=request.actor, engagement_id=engagement_id, draft=form.draft, on=request.on, at=request.at)
    except (NotThere, NotNow):
        return _not_here(request)
    except Refused as refusal:
        tell_refusal(form, refusal)
        return _written(request, form, page=page, status=422)
    messages.success(request, _("Saved. The citizen and the municipality can read it."))
    return redirect("our_engagement", engagement_id=engagement_id)


def _written(
    request: Request, form: EntryForm, *, page: selectors.OurEngagementPage, status: int = 200
) -> HttpResponse:
    context = {"page": page, "one": page.engagement, "form": form}
    return render(request, "external_actors/our_write.html", context, status=status)


def _looked(request: Request, page: selectors.OurEngagementPage) -> None:
    """The citizen can read that this partner looked; a look at one engagement names it as its criterion."""
    request.look.extra.append(page.engagement.citizen_id)
    request.look.purpose_text = page.partner
    request.look.criterion = page.engagement.id.bytes


def _not_here(request: Request) -> HttpResponse:
    """Taken back, ended, or never theirs: one answer that names nobody, and the try is recorded."""
    request.denied = request.look
    entrance = selectors.entrance_of(actor=request.actor)
    return render(request, "external_actors/not_here.html", {"entrance": entrance}, status=404)
