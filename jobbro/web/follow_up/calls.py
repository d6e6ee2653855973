"""“I need help”: asked by citizen or company, answered by whoever stands next with what was done."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.follow_up.selectors.help import HelpPage, help_page, help_start
from jobbro.apps.follow_up.services.help import answer_help, ask_help
from jobbro.webkit.requests import Request, found

from .acting import act, answering, asking, keeping, looked
from .forms import DoneForm, HelpForm


@answering
def help_ask(request: Request) -> HttpResponse:
    """The button: who answers, and by when. `?placement=` names the job; a company always does."""
    placement_id = _placement_asked(request)
    start = found(help_start(actor=request.actor, placement_id=placement_id, on=request.on))
    looked(request, name=start.placement.title if start.placement else "", citizen_ids=[start.citizen_id])
    form = HelpForm(request.POST if request.method == "POST" else None)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "follow_up/help_ask.html", {"start": start, "form": form}, status=status)

    # A press of the button with nothing written is a call too.
    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: ask_help(
            actor=request.actor,
            placement_id=placement_id,
            words=form.cleaned_data["words"],
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda row: reverse("help_request", args=[row.pk]),
        late=reverse("home"),
    )


def _placement_asked(request: Request) -> UUID | None:
    text = request.GET.get("placement", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Http404 from error


@asking
def help_request(request: Request, help_id: UUID) -> HttpResponse:
    """One call for help: what was asked, who answers, what was done."""
    return _show(request, page=_page(request, help_id), form=DoneForm())


@keeping
def help_answer(request: Request, help_id: UUID) -> HttpResponse:
    """It is answered with what was done."""
    if request.method != "POST":
        return redirect("help_request", help_id)
    page = _page(request, help_id)
    form = DoneForm(request.POST)

    def again(*, status: int = 200) -> HttpResponse:
        shown = _page(request, help_id) if status == 409 else page
        return _show(request, page=shown, form=form, status=status)

    if not form.is_valid():
        return again(status=422)
    here = reverse("help_request", args=[help_id])
    return act(
        request,
        do=lambda: answer_help(
            actor=request.actor, help_id=help_id, text=form.cleaned_data["text"], at=request.at, on=request.on
        ),
        form=form,
        again=again,
        to=here,
        late=here,
        done=_("Answered. Whoever asked can read what was done."),
    )


def _page(request: Request, help_id: UUID) -> HelpPage:
    page = found(help_page(actor=request.actor, help_id=help_id))
    if request.actor.is_employer:
        title = page.row.placement.title if page.row.placement else ""
        looked(request, name=title, citizen_ids=[page.row.citizen_id])
    return page


def _show(request: Request, *, page: HelpPage, form: DoneForm, status: int = 200) -> HttpResponse:
    context = {
        "page": page,
        "row": page.row,
        "form": form,
        "is_late": page.is_open and page.row.answer_by < request.on,
        "is_conflict": status == 409,
        "base_template": "base_staff.html" if page.is_staff else "base_citizen.html",
    }
    return render(request, "follow_up/help.html", context, status=status)
