"""The two opening questions: answered by the citizen at home, or noted by staff."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.outreach.selectors import opening_page
from jobbro.apps.outreach.services import answer_opening
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, asking
from .forms import OpeningForm


@asking
def opening_questions(request: Request, citizen_id: UUID) -> HttpResponse:
    """What was said, and the questions; no answer changes anything else."""
    page = found(opening_page(actor=request.actor, citizen_id=citizen_id, on=request.on))
    form = OpeningForm(request.POST or None, is_own=page.is_own, is_easy=page.is_own and request.is_easy)
    back = reverse("home") if page.is_own else reverse("citizen", args=[citizen_id])
    return answer(
        request,
        Sheet(
            form=form,
            heading=_("Two questions to begin with"),
            button=_("Save the answers"),
            under="" if page.is_own else page.citizen.name,
            back_url=back,
            back_label=_("Front page") if page.is_own else page.citizen.name,
            base="base_citizen.html" if page.is_own else "base_staff.html",
            template="outreach/opening.html",
            more={"page": page},
        ),
        do=lambda: answer_opening(
            actor=request.actor, citizen_id=citizen_id, draft=form.draft, on=request.on, at=request.at
        ),
        done=_("Thank you. The answers are saved."),
        to=reverse("opening_questions", args=[citizen_id]),
    )
