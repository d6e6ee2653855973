"""The self-check without login: five light questions, sentences about what could help, and a number to ring."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from jobbro.apps.outreach.selectors import municipalities
from jobbro.engines.schemes.loading import load_package
from jobbro.kernel.vocabulary import GROUPS
from jobbro.webkit.access import ANYONE, page
from jobbro.webkit.requests import Request
from jobbro.webkit.schemes.values import language
from jobbro.webkit.traceless import traceless

from .checking import Told, advice_for, question_of, read_told


@page(ANYONE, writes=True)
@traceless
def self_check(request: Request) -> HttpResponse:
    """What it is, then one question a page; what was ticked travels with the form."""
    if request.method != "POST":
        return render(request, "outreach/self_check_start.html")
    told, group = read_told(request.POST), request.POST.get("group", "")
    if group in GROUPS and not request.POST.get("again"):
        told = _answered(request, told=told, group=group)
        if request.POST.get("go") == "back":
            before = told.before(group)
            return (
                _ask(request, told=told, group=before) if before else render(request, "outreach/self_check_start.html")
            )
    elif group in GROUPS:
        return _ask(request, told=told, group=group)
    return _ask(request, told=told, group=told.following) if told.following else _show(request, told=told)


@page(ANYONE, writes=True)
@traceless
def self_check_result(request: Request) -> HttpResponse:
    """What could help with what was ticked so far."""
    if request.method != "POST":
        return render(request, "outreach/self_check_start.html")
    told, group = read_told(request.POST), request.POST.get("group", "")
    if group in GROUPS:
        told = _answered(request, told=told, group=group)
    return _show(request, told=told)


def _answered(request: Request, *, told: Told, group: str) -> Told:
    return told.with_group(group, ticked=tuple(request.POST.getlist("tick")))


def _ask(request: Request, *, told: Told, group: str) -> HttpResponse:
    context = {
        "question": question_of(group, is_easy=request.is_easy),
        "told": told,
        "total": len(GROUPS),
        "kept": _kept(told, path="self_check", more=(("group", group), ("again", "1"))),
    }
    return render(request, "outreach/self_check.html", context)


def _show(request: Request, *, told: Told) -> HttpResponse:
    advice = advice_for(told.areas)
    places = municipalities(on=request.on)
    asked = request.POST.get("municipality", "")
    schemes = load_package().schemes
    names = [(code, schemes[code].title.in_language(language())) for code in advice.schemes if code in schemes]
    context = {
        "told": told,
        "advice": advice,
        "schemes": names,
        "places": places,
        "place": next((place for place in places if place.code == asked), None),
        "kept": _kept(told, path="self_check_result", more=(("municipality", asked),)),
    }
    return render(request, "outreach/self_check_result.html", context)


def _kept(told: Told, *, path: str, more: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """What the buttons for language and easy reading take along, so that they lose no answer."""
    return {"path": reverse(path), "fields": (*told.fields, *more)}
