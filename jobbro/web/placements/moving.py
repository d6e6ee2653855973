"""What happens at a table: words, who came, a meeting called off, and what it came to."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.placements.selectors.table import TablePage, table_page
from jobbro.apps.placements.services.introductions import (
    cancel_introduction,
    decide_introduction,
    hold_introduction,
    say,
)
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, speaking
from .forms import CancelForm, HoldForm, OutcomeForm, SaidForm
from .introductions import show_table
from .reading import table_shown


@speaking
def introduction_said(request: Request, introduction_id: UUID) -> HttpResponse:
    """Say something for the table, in the own name; staff write down what others said."""
    back = reverse("introduction", args=[introduction_id])
    if request.method != "POST":
        return redirect(back)
    page = _page(request, introduction_id)
    form = SaidForm(request.POST, is_staff=not page.is_own, prefix="said")

    def again(*, status: int) -> HttpResponse:
        return show_table(request, page=page, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: say(actor=request.actor, introduction_id=introduction_id, words=form.words, at=request.at),
        form=form,
        again=again,
        to=f"{back}#said",
        late=back,
        done=_("It is written. Everybody at the table can read it."),
    )


@keeping
def introduction_hold(request: Request, introduction_id: UUID) -> HttpResponse:
    """The meeting was held, and these came."""
    page = _page(request, introduction_id)
    people = [(str(one.pk), ", ".join(filter(None, (one.name, one.role)))) for one in page.participants]
    first = {"seen": page.seen, "came": [value for value, _label in people]}
    form = HoldForm(request.POST or None, people=people, initial=first)
    return _moved(
        request,
        page=page,
        move="hold",
        form=form,
        heading=_("The meeting has been held"),
        do=lambda: hold_introduction(
            actor=request.actor,
            introduction_id=introduction_id,
            came=form.ids,
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        done=_("It is noted who came. Write what you came to."),
    )


@keeping
def introduction_cancel(request: Request, introduction_id: UUID) -> HttpResponse:
    """The meeting is called off."""
    page = _page(request, introduction_id)
    form = CancelForm(request.POST or None, initial={"seen": page.seen})
    return _moved(
        request,
        page=page,
        move="cancel",
        form=form,
        heading=_("Call the meeting off"),
        do=lambda: cancel_introduction(
            actor=request.actor,
            introduction_id=introduction_id,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
        ),
        done=_("The meeting is called off. Tell those who would have come."),
    )


@keeping
def introduction_outcome(request: Request, introduction_id: UUID) -> HttpResponse:
    """What the table came to."""
    page = _page(request, introduction_id)
    form = OutcomeForm(request.POST or None, decisions=page.decisions, initial={"seen": page.seen})
    return _moved(
        request,
        page=page,
        move="decide" if page.decisions else "",
        form=form,
        heading=_("What did you come to?"),
        do=lambda: decide_introduction(
            actor=request.actor,
            introduction_id=introduction_id,
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("It is written what you came to."),
    )


def _moved(
    request: Request,
    *,
    page: TablePage,
    move: str,
    form: forms.BaseForm,
    heading: str,
    do: Callable[[], Any],
    done: str,
) -> HttpResponse:
    """The form of a move, and the move."""
    back = reverse("introduction", args=[page.introduction.pk])
    if move not in page.moves and request.method != "POST":
        return redirect(back)

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, page.introduction.pk).seen)
        told = {"form": form, "heading": heading, "is_conflict": status == 409}
        return render(request, "placements/move.html", {**table_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to=back, late=back, done=done)


def _page(request: Request, introduction_id: UUID) -> TablePage:
    return found(table_page(actor=request.actor, introduction_id=introduction_id, on=request.on))
