"""Units and teams with their dates."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.accounts.services import end_service
from jobbro.apps.organisations import selectors, services
from jobbro.apps.organisations.stamps import StaleEdit
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request

from .forms import ChangeTeamForm, ChangeUnitForm, EndServeForm, NewUnitForm, ServeForm, TeamForm, offer
from .refusals import told_on

READERS = roles(Role.ADMINISTRATOR, Role.TEAM_LEAD)
ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@page(READERS)
def units(request: Request) -> HttpResponse:
    """Units that serve the actor's municipalities, with their teams of today."""
    found = selectors.units_of(actor=request.actor, on=request.on)
    context = {"units": found, "can_add": request.actor.has(Role.ADMINISTRATOR)}
    return render(request, "organisations/units.html", context)


@page(ADMINISTRATORS, writes=True)
def unit_add(request: Request) -> HttpResponse:
    """A new unit for one or more of the actor's municipalities."""
    form = NewUnitForm(request.POST or None, initial={"from_on": request.on})
    municipalities = selectors.administered_municipalities(actor=request.actor)
    offer(form, "municipalities", [(row.code, row.name) for row in municipalities])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with told_on(form):
            made = services.add_unit(
                actor=request.actor,
                name=typed["name"],
                municipality_codes=tuple(typed["municipalities"]),
                from_on=typed["from_on"],
                phone=typed["phone"],
                email=typed["email"],
            )
            messages.success(request, _("The unit is there. Add its teams next."))
            return redirect("unit", unit_id=made.pk)
    return render(request, "organisations/unit_add.html", {"form": form}, status=422 if form.errors else 200)


@page(READERS, writes=True)
def unit(request: Request, unit_id: UUID) -> HttpResponse:
    """One unit: name, dates, municipalities, teams."""
    if request.method != "POST":
        return _unit_page(request, unit_id=unit_id)
    form = ChangeUnitForm(request.POST)
    if form.is_valid():
        with told_on(form):
            try:
                services.change_unit(actor=request.actor, unit_id=unit_id, **form.cleaned_data)
            except StaleEdit:
                typed = request.POST.copy()
                typed["seen"] = _found(request, unit_id=unit_id).seen
                again = ChangeUnitForm(typed)
                return _unit_page(request, unit_id=unit_id, form=again, status=409, is_stale=True)
            messages.success(request, _("Saved."))
            return redirect("unit", unit_id=unit_id)
    return _unit_page(request, unit_id=unit_id, form=form, status=422)


@page(ADMINISTRATORS, writes=True)
def unit_serve(request: Request, unit_id: UUID) -> HttpResponse:
    """The unit serves one more municipality."""
    shown = _changeable(request, unit_id=unit_id)
    form = ServeForm(request.POST or None, initial={"from_on": request.on})
    offer(form, "municipality", [(row.code, row.name) for row in shown.municipalities])
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with told_on(form):
            services.add_municipality(
                actor=request.actor, unit_id=unit_id, code=typed["municipality"], from_on=typed["from_on"]
            )
            return redirect("unit", unit_id=unit_id)
    return _small_form(request, shown=shown, form=form, title=_("Serve one more municipality"))


@page(ADMINISTRATORS, writes=True)
def unit_serve_end(request: Request, unit_id: UUID, served_id: UUID) -> HttpResponse:
    """The unit's last day for a municipality."""
    shown = _changeable(request, unit_id=unit_id)
    form = EndServeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            end_service(
                actor=request.actor, unit_id=unit_id, served_id=served_id, until_on=form.cleaned_data["until_on"]
            )
            return redirect("unit", unit_id=unit_id)
    return _small_form(request, shown=shown, form=form, title=_("The last day for the municipality"))


@page(ADMINISTRATORS, writes=True)
def team_add(request: Request, unit_id: UUID) -> HttpResponse:
    """A new team in the unit."""
    shown = _changeable(request, unit_id=unit_id)
    form = TeamForm(request.POST or None, initial={"from_on": request.on})
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            services.add_team(actor=request.actor, unit_id=unit_id, **form.cleaned_data)
            messages.success(request, _("The team is there."))
            return redirect("unit", unit_id=unit_id)
    return _small_form(request, shown=shown, form=form, title=_("Add a team"))


@page(READERS, writes=True)
def team(request: Request, team_id: UUID) -> HttpResponse:
    """One team: name and dates."""
    if request.method != "POST":
        return _team_page(request, team_id=team_id)
    form = ChangeTeamForm(request.POST)
    if form.is_valid():
        with told_on(form):
            try:
                changed = services.change_team(actor=request.actor, team_id=team_id, **form.cleaned_data)
            except StaleEdit:
                typed = request.POST.copy()
                typed["seen"] = _found_team(request, team_id=team_id).seen
                again = ChangeTeamForm(typed)
                return _team_page(request, team_id=team_id, form=again, status=409, is_stale=True)
            messages.success(request, _("Saved."))
            return redirect("unit", unit_id=changed.unit_id)
    return _team_page(request, team_id=team_id, form=form, status=422)


def _found(request: Request, *, unit_id: UUID) -> selectors.UnitPage:
    shown = selectors.unit_page(actor=request.actor, unit_id=unit_id)
    if shown is None:
        raise Http404
    return shown


def _changeable(request: Request, *, unit_id: UUID) -> selectors.UnitPage:
    shown = _found(request, unit_id=unit_id)
    if not shown.can_change:
        raise Http404
    return shown


def _unit_page(
    request: Request, *, unit_id: UUID, form: ChangeUnitForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    shown = _found(request, unit_id=unit_id)
    fields = ("name", "phone", "email", "from_on", "until_on")
    initial = {name: getattr(shown.unit, name) for name in fields} | {"seen": shown.seen}
    context = {"shown": shown, "form": form or ChangeUnitForm(initial=initial), **more}
    return render(request, "organisations/unit.html", context, status=status)


def _found_team(request: Request, *, team_id: UUID) -> selectors.TeamPage:
    shown = selectors.team_page(actor=request.actor, team_id=team_id)
    if shown is None:
        raise Http404
    return shown


def _team_page(
    request: Request, *, team_id: UUID, form: ChangeTeamForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    shown = _found_team(request, team_id=team_id)
    initial = {name: getattr(shown.team, name) for name in ("name", "from_on", "until_on")} | {"seen": shown.seen}
    context = {"shown": shown, "form": form or ChangeTeamForm(initial=initial), **more}
    return render(request, "organisations/team.html", context, status=status)


def _small_form(request: Request, *, shown: selectors.UnitPage, form: Any, title: str) -> HttpResponse:
    context = {"shown": shown, "form": form, "title": title}
    return render(request, "organisations/unit_form.html", context, status=422 if form.errors else 200)
