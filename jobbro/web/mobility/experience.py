"""What a job has taught, and what goes well at work: written down, and answered by the citizen."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.mobility.selectors.pages import (
    JobStart,
    job_start,
    mobility_page,
    observation_citizen,
)
from jobbro.apps.mobility.services import experience as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found
from jobbro.webkit.schemes.values import language

from .acting import act, speaking
from .forms import AnswerForm, ExperienceForm, ObservationForm
from .reading import base_of, job_shown, observation_shown, page_shown


@speaking
def experience_add(request: Request, placement_id: UUID) -> HttpResponse:
    """Choose what is taken along from the job; it stands in the work wish from then on."""
    start = _start(request, placement_id)
    at = 1 if language() == "en" else 0
    offered = [(code, names[at]) for code, names in start.skills.items()]
    form = ExperienceForm(request.POST or None, is_own=start.is_own, offered=offered)
    return _acted(
        request,
        start=start,
        form=form,
        heading=_("What you take along") if start.is_own else _("What the citizen takes along"),
        kind="is_experience",
        do=lambda: services.write_experience(
            actor=request.actor,
            placement_id=placement_id,
            skills=form.chosen,
            on_behalf=form.cleaned_data.get("on_behalf", ""),
            at=request.at,
            on=request.on,
        ),
        done=_("It stands beside what you can do, and counts when we look for jobs.")
        if start.is_own
        else _("It stands in the work wish, and counts when jobs are looked for."),
    )


@speaking
def observation_add(request: Request, placement_id: UUID) -> HttpResponse:
    """Note that something goes well; the citizen says whether it fits."""
    start = _start(request, placement_id)
    form = ObservationForm(request.POST or None, is_own=start.is_own)
    return _acted(
        request,
        start=start,
        form=form,
        heading=_("Something that goes well"),
        kind="is_observation",
        do=lambda: services.note_observation(
            actor=request.actor, placement_id=placement_id, draft=form.draft, at=request.at
        ),
        done=_("It is noted. Next time you talk about your needs it is taken along.")
        if start.is_own
        else _("It is noted. Now the citizen says whether it fits."),
    )


@speaking
def observation_answer(request: Request, observation_id: UUID) -> HttpResponse:
    """The citizen agrees, or does not."""
    citizen_id = found(observation_citizen(actor=request.actor, observation_id=observation_id))
    page = found(mobility_page(actor=request.actor, citizen_id=citizen_id, on=request.on))
    back = reverse("mobility", args=[citizen_id])
    line = next(one for one in page.observations if one.row.pk == observation_id)
    if not line.may_answer:
        return redirect(back)
    form = AnswerForm(request.POST or None, is_own=page.is_own, initial={"seen": line.seen})

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=line.seen)
        told = {
            "form": form,
            "heading": _("Does it fit?"),
            "back": back,
            "observation": observation_shown(line, is_own=page.is_own),
            "is_conflict": status == 409,
        }
        return render(request, "mobility/form.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.answer_observation(
            actor=request.actor,
            observation_id=observation_id,
            is_agreed=form.cleaned_data["is_agreed"] == "yes",
            on_behalf=form.cleaned_data.get("on_behalf", ""),
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The answer is kept. What stands about your needs is unchanged until you have talked about it.")
        if page.is_own
        else _("The answer is kept. The needs are unchanged until you have talked about it."),
    )


def _acted(
    request: Request,
    *,
    start: JobStart,
    form: forms.Form,
    heading: str,
    kind: str,
    do: Callable[[], Any],
    done: str,
) -> HttpResponse:
    """The form about one job, and the act."""
    back = reverse("mobility", args=[start.citizen.pk])

    def again(*, status: int = 200) -> HttpResponse:
        told = {
            "form": form,
            "heading": heading,
            "page": start,
            "job": job_shown(start.job, on=request.on, is_own=start.is_own),
            "back": back,
            kind: True,
            "base_template": base_of(is_own=start.is_own),
            "is_own": start.is_own,
        }
        return render(request, "mobility/form.html", told, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to=back, late=back, done=done)


def _start(request: Request, placement_id: UUID) -> JobStart:
    return found(job_start(actor=request.actor, placement_id=placement_id, on=request.on))
