"""The team around a citizen, another team, and the state of the course."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.cases import services
from jobbro.apps.cases.enums import MemberRole
from jobbro.apps.cases.selectors import FileWithChoices, file_with_choices
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request

from .forms import HandoverForm, MemberForm, TransferForm


def _choices(request: Request, *, citizen_id: UUID) -> FileWithChoices:
    found = file_with_choices(actor=request.actor, citizen_id=citizen_id, on=request.on, at=request.at)
    if found is None:
        raise Http404
    return found


def _steered(request: Request, *, citizen_id: UUID) -> FileWithChoices:
    """The same, for those who carry the caseload."""
    found = _choices(request, citizen_id=citizen_id)
    if not found.file.can_steer:
        raise PermissionDenied
    return found


def _try(act: Callable[[], object]) -> str:
    """The words for what stood in the way, or "" when it is done."""
    try:
        act()
    except services.CaseUnknown:
        raise Http404 from None
    except services.NotAColleague:
        return _("This person no longer works with citizens here. Choose somebody else.")
    except services.TeamNotOpen:
        return _("This team does not take citizens of the municipality. Choose another team.")
    except services.LeadNeeded:
        return _("The citizen needs a contact person. Let somebody take over first.")
    return ""


@page(FILE, purpose=Purpose.CASEWORK)
def case_members(request: Request, citizen_id: UUID) -> HttpResponse:
    """Who is around the citizen, with the forms to change it."""
    found = _choices(request, citizen_id=citizen_id)
    return _members(request, found=found)


def _members(
    request: Request,
    *,
    found: FileWithChoices,
    join: MemberForm | None = None,
    handover: HandoverForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "file": found.file,
        "join_form": join or MemberForm(people=found.people, prefix="join"),
        "handover_form": handover or HandoverForm(people=found.people, prefix="handover"),
        "form": join or handover,
    }
    return render(request, "cases/members.html", context, status=status)


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def case_member_add(request: Request, citizen_id: UUID) -> HttpResponse:
    """A colleague joins the team around the citizen."""
    if request.method != "POST":
        return redirect("case_members", citizen_id)
    found = _steered(request, citizen_id=citizen_id)
    form = MemberForm(request.POST, people=found.people, prefix="join")
    if not form.is_valid():
        return _members(request, found=found, join=form, status=422)
    chosen = form.cleaned_data
    refused = _try(
        lambda: services.join_team(
            actor=request.actor,
            citizen_id=citizen_id,
            user_id=UUID(chosen["user"]),
            role=MemberRole(chosen["role"]),
            until_on=chosen["until_on"],
            on=request.on,
        )
    )
    if refused:
        form.add_error("user", refused)
        return _members(request, found=found, join=form, status=422)
    messages.success(request, _("The team around the citizen has been changed."))
    return redirect("case_members", citizen_id)


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def case_hand_over(request: Request, citizen_id: UUID) -> HttpResponse:
    """A colleague becomes the contact person."""
    if request.method != "POST":
        return redirect("case_members", citizen_id)
    found = _steered(request, citizen_id=citizen_id)
    form = HandoverForm(request.POST, people=found.people, prefix="handover")
    if not form.is_valid():
        return _members(request, found=found, handover=form, status=422)
    stays_as = form.cleaned_data["stays_as"]
    refused = _try(
        lambda: services.hand_over(
            actor=request.actor,
            citizen_id=citizen_id,
            user_id=UUID(form.cleaned_data["user"]),
            stays_as=MemberRole(stays_as) if stays_as else None,
            on=request.on,
        )
    )
    if refused:
        form.add_error("user", refused)
        return _members(request, found=found, handover=form, status=422)
    messages.success(request, _("The citizen has a new contact person."))
    return redirect("case_members", citizen_id)


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def case_member_end(request: Request, citizen_id: UUID, member_id: UUID) -> HttpResponse:
    """Somebody leaves the team around the citizen, after a question."""
    found = _steered(request, citizen_id=citizen_id)
    member = next((member for member in found.file.members if member.id == member_id), None)
    if member is None:
        return redirect("case_members", citizen_id)
    if request.method == "POST":
        refused = _try(
            lambda: services.leave_team(actor=request.actor, citizen_id=citizen_id, member_id=member_id, on=request.on)
        )
        if refused:
            messages.error(request, refused)
        else:
            messages.success(request, _("The team around the citizen has been changed."))
        return redirect("case_members", citizen_id)
    return render(request, "cases/member_end.html", {"file": found.file, "member": member})


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def case_transfer(request: Request, citizen_id: UUID) -> HttpResponse:
    """Another team of the municipality carries the citizen."""
    found = _steered(request, citizen_id=citizen_id)
    form = TransferForm(request.POST if request.method == "POST" else None, teams=found.teams, people=found.people)
    if form.is_bound and form.is_valid():
        lead = form.cleaned_data["lead"]
        refused = _try(
            lambda: services.transfer_case(
                actor=request.actor,
                citizen_id=citizen_id,
                team_id=UUID(form.cleaned_data["team"]),
                lead_user_id=UUID(lead) if lead else None,
                on=request.on,
            )
        )
        if not refused:
            messages.success(request, _("The citizen is now with the other team."))
            return redirect("caseload")
        form.add_error("lead" if lead else "team", refused)
    context = {"file": found.file, "form": form}
    return render(request, "cases/transfer.html", context, status=422 if form.errors else 200)


MOVES = {
    "pause": (
        gettext_noop("Pause the course?"),
        gettext_noop("Nothing is lost. The citizen stays in the team, and you can go on whenever it suits."),
        gettext_noop("Pause the course"),
    ),
    "resume": (
        gettext_noop("Go on with the course?"),
        gettext_noop("The course is open again from today."),
        gettext_noop("Go on with the course"),
    ),
}
# These have pages of their own: how it ended is written down, and what has changed since.
ELSEWHERE = {"close": "case_close", "reopen": "case_reopen"}


@page(FILE, purpose=Purpose.CASEWORK, kind=Kind.WRITE, writes=True)
def case_move(request: Request, citizen_id: UUID, move: str) -> HttpResponse:
    """Pause or go on, after a question; closing and coming back have pages of their own."""
    if move not in MOVES and move not in ELSEWHERE:
        raise Http404
    file = _steered(request, citizen_id=citizen_id).file
    if move in ELSEWHERE:
        return redirect(ELSEWHERE[move], citizen_id)
    if move not in file.moves:
        return render(request, "cases/moved_meanwhile.html", {"file": file}, status=409)
    if request.method == "POST":
        services.move_case(actor=request.actor, citizen_id=citizen_id, move=move, on=request.on)
        messages.success(request, _("The course has been changed."))
        return redirect("citizen", citizen_id)
    title, consequence, verb = (_(words) for words in MOVES[move])
    context = {"file": file, "title": title, "consequence": consequence, "verb": verb}
    return render(request, "cases/move.html", context)
