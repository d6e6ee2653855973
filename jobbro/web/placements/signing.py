"""Signatures in the portal: one's own, and for somebody else with a reason."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.enums import Party
from jobbro.apps.placements.refusals import Changed, NotNow, NotThere
from jobbro.apps.placements.services.agreements import sign, sign_for
from jobbro.webkit.requests import Request

from .acting import act, keeping, speaking
from .agreements import agreement_for, show_agreement
from .forms import SignForForm
from .reading import agreement_shown
from .words import NOT_NOW


@speaking
def agreement_sign(request: Request, version_id: UUID) -> HttpResponse:
    """Sign for one's own side: the words that were shown, and no others."""
    if request.method != "POST":
        return redirect("agreement", version_id)
    try:
        sign(actor=request.actor, version_id=version_id, digest=request.POST.get("digest", ""), at=request.at)
    except NotThere as error:
        raise Http404 from error
    except Changed:
        return show_agreement(request, page=agreement_for(request, version_id), status=409, is_conflict=True)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
    else:
        messages.success(request, _("You have signed. You can read here who has signed, and when."))
    return redirect("agreement", version_id)


@keeping
def agreement_sign_for(request: Request, version_id: UUID) -> HttpResponse:
    """Sign for the citizen or the company, with a reason that all three read."""
    page = agreement_for(request, version_id)
    parties = [party for party in page.told.unsigned if party != Party.MUNICIPALITY]
    back = reverse("agreement", args=[version_id])
    if not (parties and page.told.is_newest and page.told.is_alive) and request.method != "POST":
        return redirect(back)
    form = SignForForm(request.POST or None, parties=parties, initial={"digest": page.told.version.digest})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            return show_agreement(request, page=agreement_for(request, version_id), status=409, is_conflict=True)
        context = {"page": page, "version": page.told.version, "shown": agreement_shown(page.told), "form": form}
        return render(request, "placements/sign_for.html", context, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    data = form.cleaned_data
    return act(
        request,
        do=lambda: sign_for(
            actor=request.actor,
            version_id=version_id,
            party=Party(data["party"]),
            name=data["name"],
            reason=data["reason"],
            digest=data["digest"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Signed on their behalf. All three can read who signed and why."),
    )
