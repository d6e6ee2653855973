"""A wish for something new: tell it, talk about it, let it rest."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.mobility.enums import WishEnd
from jobbro.apps.mobility.selectors.pages import MobilityPage, mobility_page
from jobbro.apps.mobility.services import wishes as services
from jobbro.webkit.forms import with_new_mark
from jobbro.webkit.requests import Request, found

from .acting import act, keeping, speaking
from .forms import TalkForm, WishEndForm, WishForm
from .reading import page_shown


@speaking
def mobility_wish(request: Request, citizen_id: UUID) -> HttpResponse:
    """Say what may be new; what stood before is replaced."""
    page = _page(request, citizen_id)
    first: dict[str, Any] = {"seen": page.seen}
    if page.wish:
        first |= {"kinds": page.wish.kinds, "soon": page.wish.soon, "words": page.wish.words}
    form = WishForm(request.POST or None, is_own=page.is_own, initial=first)
    return _acted(
        request,
        page=page,
        form=form,
        heading=_("What may be new?"),
        do=lambda: services.tell_change_wish(
            actor=request.actor,
            citizen_id=citizen_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("Your wish is kept. Only you and those who help you can read it, not your workplace.")
        if page.is_own
        else _("The wish is kept. The workplace cannot read it."),
    )


@keeping
def mobility_wish_talk(request: Request, citizen_id: UUID) -> HttpResponse:
    """What was agreed when somebody talked with the citizen about the wish."""
    page = _page(request, citizen_id)
    if page.wish is None:
        return redirect(_back(page))
    form = TalkForm(request.POST or None, initial={"seen": page.seen, "answer": page.wish.answer})
    return _acted(
        request,
        page=page,
        form=form,
        heading=_("You have talked about the wish"),
        do=lambda: services.talk_about_wish(
            actor=request.actor,
            citizen_id=citizen_id,
            answer=form.cleaned_data["answer"],
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("It is written what you agreed."),
    )


@speaking
def mobility_wish_end(request: Request, citizen_id: UUID) -> HttpResponse:
    """The wish is taken back, or it came about."""
    page = _page(request, citizen_id)
    if page.wish is None:
        return redirect(_back(page))
    form = WishEndForm(request.POST or None, initial={"seen": page.seen})
    return _acted(
        request,
        page=page,
        form=form,
        heading=_("Let the wish rest"),
        do=lambda: services.end_change_wish(
            actor=request.actor,
            citizen_id=citizen_id,
            ended_as=WishEnd(form.cleaned_data["ended_as"]),
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("The wish rests. You can make a new one whenever you want."),
    )


def _acted(
    request: Request, *, page: MobilityPage, form: forms.Form, heading: str, do: Callable[[], Any], done: str
) -> HttpResponse:
    """The form, and the act."""

    def again(*, status: int = 200) -> HttpResponse:
        if status == 409:
            with_new_mark(form, seen=_page(request, page.citizen.pk).seen)
        told = {"form": form, "heading": heading, "is_conflict": status == 409, "is_wish": True, "back": _back(page)}
        return render(request, "mobility/form.html", {**page_shown(page, on=request.on), **told}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(request, do=do, form=form, again=again, to=_back(page), done=done)


def _back(page: MobilityPage) -> str:
    return reverse("mobility", args=[page.citizen.pk])


def _page(request: Request, citizen_id: UUID) -> MobilityPage:
    return found(mobility_page(actor=request.actor, citizen_id=citizen_id, on=request.on))
