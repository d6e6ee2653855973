"""Register a citizen; how to meet them; their address when it is protected; a login of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.accounts.enums import Role
from jobbro.apps.audit.enums import Kind, Purpose, Tier
from jobbro.apps.cases.selectors import register_choices
from jobbro.apps.cases.services import NotAColleague, TeamNotOpen, open_case
from jobbro.apps.citizens import services
from jobbro.apps.citizens.contacts import ContactChange, NewCitizen
from jobbro.apps.citizens.guessing import TooManyGuesses
from jobbro.apps.citizens.selectors import ContactCard, contact_card
from jobbro.webkit.access import CITIZEN, FILE, either, page, roles
from jobbro.webkit.requests import Request

from .forms import ContactForm, ProtectedAddressForm, RegisterForm, address_initial

REGISTERING = roles(Role.TEAM_LEAD, Role.CASEWORKER, Role.ADMINISTRATOR)
INVITING = roles(Role.TEAM_LEAD, Role.CASEWORKER)


def base_of(request: Request) -> str:
    """Citizens get their own density, also on pages that staff use."""
    return "base_citizen.html" if request.actor.citizen_id else "base_staff.html"


def card_or_404(request: Request, *, citizen_id: UUID, with_protected: bool = False) -> ContactCard:
    """The contact card, or 404 whether it does not exist or is not the actor's to see."""
    card = contact_card(actor=request.actor, citizen_id=citizen_id, with_protected=with_protected)
    if card is None:
        raise Http404
    return card


@page(REGISTERING, purpose=Purpose.REGISTRATION, kind=Kind.WRITE, writes=True)
def citizen_register(request: Request) -> HttpResponse:
    """The citizen is registered and their course is open: one act."""
    choices = register_choices(actor=request.actor, on=request.on)
    form = RegisterForm(request.POST if request.method == "POST" else None, choices=choices)
    if form.is_bound and form.is_valid():
        citizen_id = _register(request, form=form)
        if citizen_id is not None:
            messages.success(request, _("The citizen has been registered."))
            # Administrators register for a team; only those who work with the citizen open the file.
            return redirect("citizen", citizen_id) if FILE.allows(request.actor) else redirect("home")
    return render(request, "citizens/register.html", {"form": form}, status=422 if form.errors else 200)


def _register(request: Request, *, form: RegisterForm) -> UUID | None:
    """The new citizen's id; None when something stood in the way, which is then on the form."""
    chosen = form.cleaned_data
    details = NewCitizen(
        cpr=chosen["cpr"].digits,
        municipality_code=chosen["municipality"],
        name=form.name(),
        meeting=form.meeting(),
        address=form.typed_address(),
    )
    try:
        case = open_case(
            actor=request.actor,
            details=details,
            team_id=UUID(chosen["team"]),
            lead_user_id=UUID(chosen["lead"]) if chosen["lead"] else None,
            at=request.at,
            on=request.on,
        )
    except TooManyGuesses:
        form.add_error("cpr", _("You have tried many numbers. Wait an hour, or ask your team lead for help."))
    except services.CitizenAlreadyRegistered:
        request.look.criterion = chosen["cpr"].key
        form.add_error(
            "cpr", _("This number is already registered in the municipality. Find the citizen by the CPR number.")
        )
    except TeamNotOpen:
        form.add_error("team", _("This team does not take citizens of the municipality. Choose another team."))
    except NotAColleague:
        form.add_error("lead", _("The contact person must work in the unit of the team. Choose somebody else."))
    else:
        return case.citizen_id
    return None


@page(either(FILE, CITIZEN), purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def citizen_contact(request: Request, citizen_id: UUID) -> HttpResponse:
    """How to meet the citizen; for the citizen and for staff."""
    card = card_or_404(request, citizen_id=citizen_id)
    is_own = request.actor.citizen_id is not None
    form = ContactForm(request.POST if request.method == "POST" else None, card=card, is_own=is_own)
    context = {"form": form, "card": card, "base_template": base_of(request), "is_own": is_own}
    if form.is_bound and form.is_valid():
        change = ContactChange(
            meeting=form.meeting(),
            address=form.typed_address() if card.address is not None else None,
            name=form.name() if card.can_change_name else None,
        )
        try:
            services.change_contact(
                actor=request.actor,
                citizen_id=citizen_id,
                change=change,
                version=form.cleaned_data["version"],
                at=request.at,
            )
        except services.ContactChangedMeanwhile:
            return _changed_meanwhile(request, form=form, template="citizens/contact.html", context=context)
        messages.success(request, _("Saved."))
        return redirect("citizen", citizen_id)
    return render(request, "citizens/contact.html", context, status=422 if form.errors else 200)


def _changed_meanwhile(
    request: Request, *, form: ContactForm | ProtectedAddressForm, template: str, context: dict[str, Any]
) -> HttpResponse:
    """What was typed comes back beside what stands now; sent once more it is meant."""
    form.data = {**{name: form.data[name] for name in form.data}, "version": context["card"].version}
    form.add_error(
        None, _("Somebody else changed this just before you. Nothing was overwritten. Look at both and save again.")
    )
    return render(request, template, {**context, "is_conflict": True}, status=409)


@page(FILE, purpose=Purpose.CASEWORK, tier=Tier.PROTECTED, writes=True)
def citizen_address(request: Request, citizen_id: UUID) -> HttpResponse:
    """The address, shown when it is asked for and only then; a changed one is saved from the same page."""
    if request.method != "POST":
        return redirect("citizen_contact", citizen_id)
    card = card_or_404(request, citizen_id=citizen_id, with_protected=True)
    is_change = "version" in request.POST
    form = ProtectedAddressForm(request.POST if is_change else None, initial=address_initial(card))
    context = {"form": form, "card": card}
    if is_change and form.is_valid():
        request.look.kind = Kind.WRITE
        try:
            services.change_contact(
                actor=request.actor,
                citizen_id=citizen_id,
                change=ContactChange(address=form.typed_address()),
                version=form.cleaned_data["version"],
                at=request.at,
            )
        except services.ContactChangedMeanwhile:
            return _changed_meanwhile(request, form=form, template="citizens/address.html", context=context)
        messages.success(request, _("Saved."))
        return redirect("citizen", citizen_id)
    return render(request, "citizens/address.html", context, status=422 if form.errors else 200)


@page(INVITING, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def citizen_invite(request: Request, citizen_id: UUID) -> HttpResponse:
    """The citizen gets a login; name and password are told once, on this page."""
    card = card_or_404(request, citizen_id=citizen_id)
    if request.method != "POST":
        return render(request, "citizens/invite.html", {"card": card})
    try:
        login = services.invite_citizen_login(actor=request.actor, citizen_id=citizen_id)
    except services.LoginExists:
        messages.info(request, _("The citizen already has a login."))
        return redirect("citizen", citizen_id)
    return render(request, "citizens/invited.html", {"card": card, "login": login})
