"""Who has seen my information; and the team lead's answers to questions and urgent accesses."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.cases.look_selectors import is_look_at_me, looks_at_me, looks_to_review
from jobbro.apps.cases.look_services import LookUnknown, answer_look_question, ask_about_look
from jobbro.apps.cases.services import review_urgent_access
from jobbro.webkit.access import CITIZEN, page, roles
from jobbro.webkit.requests import Request

from .forms import AnswerForm, QuestionForm, ReviewForm

LEAD = roles(Role.TEAM_LEAD)


def _number(request: Request) -> int:
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 6 else 1


@page(CITIZEN, purpose=Purpose.OWN)
def lookups(request: Request) -> HttpResponse:
    """Looks at one's own file, newest day first."""
    looks = looks_at_me(actor=request.actor, number=_number(request))
    return render(request, "audit/lookups.html", {"looks": looks})


@page(CITIZEN, purpose=Purpose.OWN, writes=True)
def lookup_ask(request: Request, look_id: int) -> HttpResponse:
    """Ask about one look."""
    if not is_look_at_me(actor=request.actor, look_id=look_id):
        raise Http404
    form = QuestionForm(request.POST or None, initial={"look_id": look_id})
    if request.method == "POST" and form.is_valid():
        try:
            ask_about_look(actor=request.actor, look_id=look_id, text=form.cleaned_data["text"], at=request.at)
        except LookUnknown:
            raise Http404 from None
        messages.success(request, _("Your question has been sent to the team lead. You can read the answer here."))
        return redirect("lookups")
    return render(request, "audit/lookup_ask.html", {"form": form}, status=422 if form.errors else 200)


@page(LEAD, purpose=Purpose.AUDIT, kind=Kind.LIST)
def lookups_review(request: Request) -> HttpResponse:
    """Urgent accesses and questions that wait for an answer."""
    return render(request, "audit/lookups_review.html", {"waiting": looks_to_review(actor=request.actor)})


@page(LEAD, purpose=Purpose.AUDIT, tier=Tier.ORDINARY, writes=True)
def urgent_review(request: Request, access_id: UUID) -> HttpResponse:
    """Answer one urgent access."""
    waiting = looks_to_review(actor=request.actor).urgent_by(access_id)
    if waiting is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        review_urgent_access(
            actor=request.actor,
            access_id=access_id,
            review=form.cleaned_data["review"],
            text=form.cleaned_data["review_text"],
            at=request.at,
        )
        messages.success(request, _("Your answer has been saved."))
        return redirect("lookups_review")
    context = {"form": form, "access": waiting}
    return render(request, "audit/urgent_review.html", context, status=422 if form.errors else 200)


@page(LEAD, purpose=Purpose.AUDIT, writes=True)
def lookup_answer(request: Request, question_id: UUID) -> HttpResponse:
    """Answer one citizen's question."""
    waiting = looks_to_review(actor=request.actor).question_by(question_id)
    if waiting is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer_look_question(
            actor=request.actor, question_id=question_id, text=form.cleaned_data["text"], at=request.at
        )
        messages.success(request, _("Your answer has been saved. The citizen can read it now."))
        return redirect("lookups_review")
    context = {"form": form, "question": waiting}
    return render(request, "audit/lookup_answer.html", context, status=422 if form.errors else 200)
