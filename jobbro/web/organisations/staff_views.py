"""People: who works here, in which roles, from when to when."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.accounts import selectors, services
from jobbro.apps.accounts.enums import Role
from jobbro.apps.organisations.stamps import StaleEdit
from jobbro.webkit.access import page, roles
from jobbro.webkit.requests import Request

from .forms import (
    ConfirmForm,
    EmployeeForm,
    EndRoleForm,
    FiltersForm,
    LoginNumberForm,
    MemberForm,
    RoleForm,
    filters_of,
)
from .refusals import told_on

READERS = roles(Role.ADMINISTRATOR, Role.TEAM_LEAD)
ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@page(READERS)
def staff(request: Request) -> HttpResponse:
    """The people of the actor's units; the filters stand in the address."""
    number = request.GET.get("page", "1")
    listed = selectors.staff_page(
        actor=request.actor,
        filters=filters_of(query=request.GET),
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
        on=request.on,
    )
    form = FiltersForm(initial=request.GET.dict())
    form.narrow(page=listed)
    return render(request, "organisations/staff.html", {"listed": listed, "filters": form})


@page(ADMINISTRATORS, writes=True)
def staff_add(request: Request) -> HttpResponse:
    """A colleague with the first role; the one-time password is shown on the answer and never again."""
    places = selectors.places_to_give(actor=request.actor, on=request.on)
    form = EmployeeForm(request.POST or None, places=places, initial={"from_on": request.on})
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            user, password = services.add_employee(actor=request.actor, employee=_employee(form.cleaned_data))
            return _show_password(request, user=user, password=password, is_new=True)
    return render(request, "organisations/staff_add.html", {"form": form}, status=422 if form.errors else 200)


@page(READERS, writes=True)
def staff_member(request: Request, user_id: UUID) -> HttpResponse:
    """One person: ways to reach them, roles with dates, and what an administrator can do."""
    if request.method != "POST":
        return _member_page(request, user_id=user_id)
    form = MemberForm(request.POST)
    if form.is_valid():
        with told_on(form):
            try:
                services.change_employee(actor=request.actor, user_id=user_id, **form.cleaned_data)
            except StaleEdit:
                return _stale(request, user_id=user_id)
            messages.success(request, _("Saved."))
            return redirect("staff_member", user_id=user_id)
    return _member_page(request, user_id=user_id, form=form, status=422)


@page(ADMINISTRATORS, writes=True)
def role_give(request: Request, user_id: UUID) -> HttpResponse:
    """One more role for a colleague."""
    member = _member(request, user_id=user_id)
    if not member.can_give:
        raise Http404
    places = selectors.places_to_give(actor=request.actor, on=request.on)
    form = RoleForm(request.POST or None, places=places, initial={"from_on": request.on})
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            services.give_role(actor=request.actor, user_id=user_id, position=_position(form.cleaned_data))
            messages.success(request, _("The role is given."))
            return redirect("staff_member", user_id=user_id)
    status = 422 if form.errors else 200
    return render(request, "organisations/role_give.html", {"form": form, "member": member}, status=status)


@page(ADMINISTRATORS, writes=True)
def role_end(request: Request, user_id: UUID, position_id: UUID) -> HttpResponse:
    """A role ends at once or on a day."""
    member = _member(request, user_id=user_id)
    position = next((held for held, can_end in member.positions if held.pk == position_id and can_end), None)
    if position is None:
        raise Http404
    form = EndRoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        until_on = form.cleaned_data["until_on"] if form.cleaned_data["when"] == "day" else None
        with told_on(form):
            services.end_role(actor=request.actor, position_id=position_id, until_on=until_on, on=request.on)
            messages.success(request, _("The role has got its last day."))
            return redirect("staff_member", user_id=user_id)
    context = {"form": form, "member": member, "position": position}
    return render(request, "organisations/role_end.html", context, status=422 if form.errors else 200)


@page(ADMINISTRATORS, writes=True)
def account_close(request: Request, user_id: UUID) -> HttpResponse:
    """The account opens nothing any more."""
    consequence = _("The person is out with their next click and cannot log in. Roles and history are kept.")
    words = (_("Close the account?"), consequence, _("Close the account"))
    return _account_act(
        request,
        user_id=user_id,
        words=words,
        act=lambda: services.close_account(actor=request.actor, user_id=user_id, on=request.on),
    )


@page(ADMINISTRATORS, writes=True)
def account_open(request: Request, user_id: UUID) -> HttpResponse:
    """A closed account can be used again."""
    words = (
        _("Open the account again?"),
        _("The person can log in again and has the roles that still stand."),
        _("Open the account"),
    )
    return _account_act(
        request,
        user_id=user_id,
        words=words,
        act=lambda: services.open_account(actor=request.actor, user_id=user_id),
    )


@page(ADMINISTRATORS, writes=True)
def staff_password(request: Request, user_id: UUID) -> HttpResponse:
    """A one-time password for a colleague who cannot log in."""
    member = _changeable(request, user_id=user_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form.is_valid()
        with told_on(form):
            user, password = services.hand_out_password(actor=request.actor, user_id=user_id)
            return _show_password(request, user=user, password=password, is_new=False)
    words = (
        _("Make a one-time password?"),
        _("The password the person has now stops working. The new one is shown once, here."),
        _("Make a one-time password"),
    )
    return _confirm(request, member=member, words=words, form=form)


@page(ADMINISTRATORS, writes=True)
def staff_login(request: Request, user_id: UUID) -> HttpResponse:
    """Which login at the municipality's provider belongs to the colleague's account."""
    member = _changeable(request, user_id=user_id)
    form = LoginNumberForm(
        request.POST if request.method == "POST" else None, initial={"subject": member.user.subject or ""}
    )
    if request.method == "POST" and form.is_valid():
        with told_on(form):
            services.connect_login(actor=request.actor, user_id=user_id, subject=form.cleaned_data["subject"])
            messages.success(request, _("Saved."))
            return redirect("staff_member", user_id=user_id)
    context = {"member": member, "form": form}
    return render(request, "organisations/staff_login.html", context, status=422 if form.errors else 200)


def _account_act(
    request: Request, *, user_id: UUID, words: tuple[str, str, str], act: Callable[[], Any]
) -> HttpResponse:
    member = _changeable(request, user_id=user_id)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        form.is_valid()
        with told_on(form):
            act()
            messages.success(request, _("Saved."))
            return redirect("staff_member", user_id=user_id)
    return _confirm(request, member=member, words=words, form=form)


def _confirm(request: Request, *, member: selectors.MemberPage, words: tuple[str, str, str], form: Any) -> HttpResponse:
    title, consequence, verb = words
    context = {"member": member, "title": title, "consequence": consequence, "verb": verb, "form": form}
    return render(request, "organisations/confirm.html", context, status=422 if form.errors else 200)


def _member(request: Request, *, user_id: UUID) -> selectors.MemberPage:
    member = selectors.member_page(actor=request.actor, user_id=user_id, on=request.on)
    if member is None:
        raise Http404
    return member


def _changeable(request: Request, *, user_id: UUID) -> selectors.MemberPage:
    member = _member(request, user_id=user_id)
    if not member.can_change:
        raise Http404
    return member


def _member_page(
    request: Request, *, user_id: UUID, form: MemberForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    member = _member(request, user_id=user_id)
    user = member.user
    form = form or MemberForm(
        initial={"display_name": user.display_name, "email": user.email, "phone": user.phone, "seen": member.seen}
    )
    context = {"member": member, "form": form, **more}
    return render(request, "organisations/staff_member.html", context, status=status)


def _stale(request: Request, *, user_id: UUID) -> HttpResponse:
    """What was typed stays in the form; saving again is then a choice made with open eyes."""
    typed = request.POST.copy()
    typed["seen"] = _member(request, user_id=user_id).seen
    return _member_page(request, user_id=user_id, form=MemberForm(typed), status=409, is_stale=True)


def _show_password(request: Request, *, user: Any, password: str, is_new: bool) -> HttpResponse:
    context = {"user": user, "password": password, "is_new": is_new}
    return render(request, "organisations/one_time_password.html", context)


def _employee(cleaned: dict[str, Any]) -> services.NewEmployee:
    return services.NewEmployee(
        username=cleaned["username"],
        display_name=cleaned["display_name"],
        email=cleaned["email"],
        phone=cleaned["phone"],
        position=_position(cleaned),
    )


def _position(cleaned: dict[str, Any]) -> services.NewPosition:
    return services.NewPosition(
        role=Role(cleaned["role"]),
        unit_id=UUID(cleaned["unit"]),
        team_id=UUID(cleaned["team"]) if cleaned["team"] else None,
        from_on=cleaned["from_on"],
        until_on=cleaned["until_on"],
    )
