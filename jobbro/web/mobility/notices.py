"""A job that gets a last day: note it, read what is done until then, change it, take it back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.mobility.refusals import Changed, NotNow, NotThere
from jobbro.apps.mobility.selectors.pages import NoticePage, job_start, notice_page, step_notice
from jobbro.apps.mobility.services import notices as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, reading, speaking
from .forms import NoticeForm, ReasonForm
from .reading import base_of, job_shown, notice_shown
from .words import NOT_NOW


@speaking
def notice_add(request: Request, placement_id: UUID) -> HttpResponse:
    """Note the last day of a job; the steps until then are laid out with it."""
    start = found(job_start(actor=request.actor, placement_id=placement_id, on=request.on))
    if start.job.notice is not None:
        return redirect("notice", start.job.notice.pk)
    back = reverse("mobility", args=[start.citizen.pk])
    if start.job.is_over:
        return redirect(back)
    first = {"given_by": start.given_by, "reason": start.reason, "last_on": start.last_on, "given_on": request.on}
    form = NoticeForm(request.POST or None, initial=first)

    def again(*, status: int = 200) -> HttpResponse:
        told = {
            "form": form,
            "heading": _("The job gets a last day"),
            "page": start,
            "job": job_shown(start.job, on=request.on, is_own=start.is_own),
            "back": back,
            "is_notice": True,
            "base_template": base_of(is_own=start.is_own),
            "is_own": start.is_own,
        }
        return render(request, "mobility/form.html", told, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: services.note_notice(
            actor=request.actor, placement_id=placement_id, draft=form.draft, at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=lambda row: reverse("notice", args=[row.pk]),
        late=back,
        done=_("It is noted. Below stands what is done until the last day. Those who help you stay with you.")
        if start.is_own
        else _("It is noted, with what is done until the last day. The team around the person stays."),
    )


@reading
def notice(request: Request, notice_id: UUID) -> HttpResponse:
    """The last day, and what is done until then."""
    page = _page(request, notice_id)
    return render(request, "mobility/notice.html", notice_shown(page, on=request.on))


@speaking
def notice_change(request: Request, notice_id: UUID) -> HttpResponse:
    """The notice is another one; steps that count from the last day move with it."""
    page = _page(request, notice_id)
    row = page.notice
    names = ("given_by", "reason", "given_on", "last_on", "basis", "period_text", "note")
    form = NoticeForm(request.POST or None, initial={"seen": page.seen, **{name: getattr(row, name) for name in names}})
    return _acted(
        request,
        page=page,
        form=form,
        heading=_("Change the notice"),
        do=lambda: services.change_notice(
            actor=request.actor,
            notice_id=notice_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("The notice is changed."),
    )


@speaking
def notice_withdraw(request: Request, notice_id: UUID) -> HttpResponse:
    """The notice was taken back: the job goes on."""
    page = _page(request, notice_id)
    label = _("Why does the job go on?")
    form = ReasonForm(request.POST or None, label=label, initial={"seen": page.seen})
    return _acted(
        request,
        page=page,
        form=form,
        heading=_("The notice was taken back"),
        do=lambda: services.withdraw_notice(
            actor=request.actor,
            notice_id=notice_id,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("The notice is taken back, and the job goes on."),
    )


@speaking
def last_step_done(request: Request, last_step_id: UUID) -> HttpResponse:
    """A step is done; pressed twice it is done once."""
    notice_id = found(step_notice(actor=request.actor, step_id=last_step_id))
    back = reverse("notice", args=[notice_id])
    if request.method != "POST":
        return redirect(back)
    try:
        services.finish_last_step(
            actor=request.actor,
            step_id=last_step_id,
            seen=request.POST.get("seen", ""),
            at=request.at,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except (Changed, NotNow):
        messages.warning(request, str(NOT_NOW))
        return redirect(back)
    messages.success(request, _("It is noted that it is done."))
    return redirect(back)


@keeping
def last_step_drop(request: Request, last_step_id: UUID) -> HttpResponse:
    """A step is not to be done."""
    page = _page(request, found(step_notice(actor=request.actor, step_id=last_step_id)))
    line = next(one for one in page.steps if one.row.pk == last_step_id)
    label = _("Why is it not to be done?")
    form = ReasonForm(request.POST or None, label=label, initial={"seen": line.seen})
    if not line.may_tick:
        return redirect("notice", page.notice.pk)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            steps = _page(request, page.notice.pk).steps
            with_new_mark(form, seen=next(one.seen for one in steps if one.row.pk == last_step_id))
        return _shown(
            request, page=page, form=form, heading=_("Take the step out"), is_conflict=status == 409, status=status
        )

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    back = reverse("notice", args=[page.notice.pk])
    return act(
        request,
        do=lambda: services.drop_last_step(
            actor=request.actor,
            step_id=last_step_id,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("The step is taken out. The reason stands there."),
    )


def _acted(
    request: Request, *, page: NoticePage, form: forms.Form, heading: str, do: Callable[[], Any], done: str
) -> HttpResponse:
    """The form about one notice, and the act."""
    back = reverse("notice", args=[page.notice.pk])
    if not page.stands or not page.may_keep:
        return redirect(back)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, page.notice.pk).seen)
        return _shown(request, page=page, form=form, heading=heading, is_conflict=status == 409, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to=back, late=back, done=done)


def _shown(
    request: Request, *, page: NoticePage, form: forms.Form, heading: str, is_conflict: bool, status: int
) -> HttpResponse:
    back = reverse("notice", args=[page.notice.pk])
    told = {"form": form, "heading": heading, "is_conflict": is_conflict, "back": back}
    return render(request, "mobility/form.html", {**notice_shown(page, on=request.on), **told}, status=status)


def _page(request: Request, notice_id: UUID) -> NoticePage:
    return found(notice_page(actor=request.actor, notice_id=notice_id, on=request.on))
