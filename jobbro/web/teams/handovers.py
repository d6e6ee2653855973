"""A citizen is handed over: who takes over, the list point by point, and the end."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.teams.enums import HandoverItem, HandoverReason
from jobbro.apps.teams.selectors import handovers as reads
from jobbro.apps.teams.services.handovers import call_off_handover, finish_handover, start_handover, write_entry
from jobbro.webkit.requests import Request, found

from .acting import act, handing_over, reading
from .forms import EntryForm, FinishForm, StartHandoverForm
from .words import HINTS


@handing_over
def handover_start(request: Request, citizen_id: UUID) -> HttpResponse:
    """Who takes over."""
    start = found(reads.handover_start(actor=request.actor, citizen_id=citizen_id, on=request.on))
    if start.under_way is not None:
        return redirect("handover", start.under_way)
    people = [(str(one.id), f"{one.name} – {one.note}") for one in start.people]
    form = StartHandoverForm(request.POST if request.method == "POST" else None, people=people)

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/handover_start.html", {"start": start, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: start_handover(
            actor=request.actor,
            citizen_id=citizen_id,
            to_user_id=UUID(form.cleaned_data["to_user"]),
            reason=HandoverReason(form.cleaned_data["reason"]),
            at=request.at,
            on=request.on,
        ),
        form=form,
        again=again,
        to=lambda made: reverse("handover", args=[made.pk]),
        late=reverse("handover_start", args=[citizen_id]),
        done=_("The handover has begun. Go through the list together."),
    )


@reading
def handover(request: Request, handover_id: UUID) -> HttpResponse:
    """The list, and how far it is."""
    return _page(request, handover_id=handover_id)


@handing_over
def handover_write(request: Request, handover_id: UUID, item: str) -> HttpResponse:
    """One point of the list."""
    if item not in HandoverItem.values:
        raise Http404
    page = found(reads.handover_page(actor=request.actor, handover_id=handover_id, on=request.on))
    back = reverse("handover", args=[handover_id])
    if not page.is_under_way:
        return redirect(back)
    point = HandoverItem(item)
    standing = next(entry.text for entry in page.entries if entry.item == point)
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        label=str(point.label),
        hint=str(HINTS[point]),
        initial={"text": standing},
    )

    def again(*, status: int = 200) -> HttpResponse:
        return render(request, "teams/handover_write.html", {"page": page, "form": form}, status=status)

    if request.method != "POST":
        return again()
    if not form.is_valid():
        return again(status=422)
    return act(
        request,
        do=lambda: write_entry(
            actor=request.actor, handover_id=handover_id, item=point, text=form.cleaned_data["text"], at=request.at
        ),
        form=form,
        again=again,
        to=back,
        late=back,
        done=_("Saved."),
    )


@handing_over
def handover_finish(request: Request, handover_id: UUID) -> HttpResponse:
    """The colleague is the contact person from today."""
    form = FinishForm(request.POST if request.method == "POST" else None)
    back = reverse("handover", args=[handover_id])
    if request.method != "POST":
        found(reads.handover_page(actor=request.actor, handover_id=handover_id, on=request.on))
        return redirect(back)
    form.is_valid()
    return act(
        request,
        do=lambda: finish_handover(actor=request.actor, handover_id=handover_id, at=request.at, on=request.on),
        form=form,
        again=lambda status=200: _page(request, handover_id=handover_id, form=form, status=status),
        to=back,
        late=back,
        done=_("The handover is finished. The citizen is told that there is a new contact person."),
    )


@handing_over
def handover_call_off(request: Request, handover_id: UUID) -> HttpResponse:
    """It is not handed over after all."""
    back = reverse("handover", args=[handover_id])
    if request.method != "POST":
        found(reads.handover_page(actor=request.actor, handover_id=handover_id, on=request.on))
        return redirect(back)
    return act(
        request,
        do=lambda: call_off_handover(actor=request.actor, handover_id=handover_id, at=request.at),
        form=FinishForm(),
        again=lambda status=200: _page(request, handover_id=handover_id, status=status),
        to=back,
        late=back,
        done=_("The handover is called off. What was written is kept."),
    )


def _page(request: Request, *, handover_id: UUID, form: FinishForm | None = None, status: int = 200) -> HttpResponse:
    page = found(reads.handover_page(actor=request.actor, handover_id=handover_id, on=request.on))
    lines = [(entry, HINTS[entry.item]) for entry in page.entries]
    context = {"page": page, "lines": lines, "form": form, "reason": HandoverReason(page.handover.reason).label}
    return render(request, "teams/handover.html", context, status=status)
