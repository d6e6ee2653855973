"""The plan for the way into a job: read it, accept what is proposed, move the first day, approve the words."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.selectors.onboarding import OnboardingPage, moved_tasks, onboarding_page
from jobbro.apps.placements.services.onboarding import accept_onboarding, approve_briefing, move_start
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, keeping, reading, speaking
from .forms import AcceptForm, MoveForm, StartForm, WordsForm
from .reading import page_shown, proposals_shown


@reading
def onboarding(request: Request, placement_id: UUID) -> HttpResponse:
    """The whole plan for the citizen and staff; before anybody has accepted it, what is proposed."""
    page = _page(request, placement_id)
    return render(request, "onboarding/onboarding.html", page_shown(page, on=request.on))


@keeping
def onboarding_accept(request: Request, coming_id: UUID) -> HttpResponse:
    """Take what is proposed into the plan."""
    page = _page(request, coming_id)
    back = reverse("onboarding", args=[coming_id])
    if not page.may_keep or not page.proposals:
        return redirect(back)
    proposed = proposals_shown(page.proposals)
    first = {"seen": page.seen, "chosen": [one.key for one in proposed]}
    form = AcceptForm(request.POST or None, proposed=proposed, is_new=page.plan is None, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, coming_id).seen)
        told = {"form": form, "is_conflict": status == 409}
        return render(request, "onboarding/accept.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: accept_onboarding(
            actor=request.actor,
            placement_id=coming_id,
            mentor=form.cleaned_data.get("mentor", ""),
            chosen=form.cleaned_data["chosen"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        done=_("The plan stands. Everybody finds their own tasks on their own page."),
    )


@keeping
def onboarding_start(request: Request, coming_id: UUID) -> HttpResponse:
    """Another first day: first what would move, then the move."""
    page = _page(request, coming_id)
    back = reverse("onboarding", args=[coming_id])
    if not page.may_keep or page.plan is None or page.has_begun:
        return redirect(back)
    asked = StartForm(request.GET or None, initial={"starts_on": page.starts_on})
    form = MoveForm(request.POST or None, initial={"seen": page.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, coming_id).seen)
        day = None
        if form.is_bound:
            day = form.cleaned_data.get("starts_on")
        elif asked.is_bound and asked.is_valid():
            day = asked.cleaned_data["starts_on"]
            form.initial["starts_on"] = day
        moved = moved_tasks(page, starts_on=day, on=request.on) if day else ()
        lines = [{"title": one.task.title[language()], "from_on": one.from_on, "to_on": one.to_on} for one in moved]
        told = {
            "asked": asked,
            "form": form,
            "day": day,
            "moved": lines,
            "is_conflict": status == 409,
        }
        is_wrong = asked.is_bound and not asked.is_valid() and request.method != "POST"
        return render(
            request,
            "onboarding/start.html",
            {**page_shown(page, on=request.on), **told},
            status=422 if is_wrong else status,
        )

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: move_start(
            actor=request.actor,
            placement_id=coming_id,
            starts_on=form.cleaned_data["starts_on"],
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        done=_("The first day has moved, and the tasks with it. Tell the company and the citizen."),
    )


@speaking
def onboarding_words(request: Request, placement_id: UUID) -> HttpResponse:
    """Say what the colleagues may be told: the citizen, or staff for them with a reason."""
    page = _page(request, placement_id)
    back = reverse("onboarding", args=[placement_id])
    if page.plan is None or not page.is_running:
        return redirect(back)
    words = page.plan.briefing if page.plan.briefing_at else "\n".join(page.suggested_words)
    form = WordsForm(request.POST or None, is_own=page.is_own, initial={"seen": page.seen, "text": words})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, placement_id).seen)
        told = {"form": form, "is_conflict": status == 409}
        return render(request, "onboarding/words.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: approve_briefing(
            actor=request.actor,
            placement_id=placement_id,
            text=form.cleaned_data["text"],
            reason=form.cleaned_data.get("reason", ""),
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        done=_("These words stand. The company can read them now. You can change them whenever you want."),
    )


def _page(request: Request, placement_id: UUID) -> OnboardingPage:
    return found(onboarding_page(actor=request.actor, placement_id=placement_id, on=request.on))
