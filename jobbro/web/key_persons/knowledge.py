"""Knowledge: looked for, read, kept from a question, written on, and near answers while somebody asks."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.key_persons.refusals import NotThere
from jobbro.apps.key_persons.selectors import knowledge as selectors
from jobbro.apps.key_persons.selectors.knowledge import EntryPage, EntryStart, Found
from jobbro.apps.key_persons.services import knowledge as services
from jobbro.webkit.labels import GROUP_LABELS
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping, reading
from .forms import EntryForm, SearchForm, search_from
from .words import scheme_name


@reading
def knowledge(request: Request) -> HttpResponse:
    """What colleagues have asked and been answered."""
    search = search_from(request.GET)
    page = selectors.knowledge(actor=request.actor, search=search, on=request.on)
    context = {"page": page, "found": found_told(page.found), "form": SearchForm(search=search)}
    return render(request, "key_persons/knowledge.html", context)


@keeping
def knowledge_near(request: Request) -> HttpResponse:
    """A fragment: answers to questions like the one being written. The words come by POST, never in an address."""
    near = selectors.near_answers(
        actor=request.actor,
        text=request.POST.get("text", "")[:4000],
        scheme=request.POST.get("scheme", ""),
        on=request.on,
    )
    return render(request, "key_persons/_near.html", {"near": found_told(near), "near_is_asked": True})


@reading
def knowledge_entry(request: Request, knowledge_id: UUID) -> HttpResponse:
    """One question with its answer and every wording it has had."""
    page = _page(request, knowledge_id)
    return render(request, "key_persons/entry.html", {"page": page, "subjects": _subjects(page)})


@keeping
def knowledge_add(request: Request) -> HttpResponse:
    """New knowledge that nobody has asked for."""
    return _add(request, start=found(selectors.entry_start(actor=request.actor, question_id=None)))


@keeping
def question_keep(request: Request, asked_id: UUID) -> HttpResponse:
    """Knowledge made of a question and its answers."""
    return _add(request, start=found(selectors.entry_start(actor=request.actor, question_id=asked_id)))


@keeping
def knowledge_change(request: Request, knowledge_id: UUID) -> HttpResponse:
    """It reads like this from now on."""
    page = _page(request, knowledge_id)
    if not page.can_change:
        raise Http404
    form = EntryForm(request.POST or None, on=request.on, page=page)
    here = reverse("knowledge_entry", args=[knowledge_id])
    sheet = Sheet(
        form=form,
        heading=_("Write it on"),
        lead=_("The wording before is kept and can be read."),
        button=_("Save the wording"),
        back_url=here,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.change_entry(
            actor=request.actor,
            entry_id=knowledge_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            at=request.at,
            on=request.on,
        ),
        done=_("The new wording stands."),
        fresh=lambda: _page(request, knowledge_id).seen,
    )


@keeping
def knowledge_withdraw(request: Request, knowledge_id: UUID) -> HttpResponse:
    """Found no more, or found again."""
    page = _page(request, knowledge_id)
    if not page.can_change:
        raise Http404
    if request.method == "POST":
        is_back = page.entry.withdrawn_at is not None
        services.withdraw_entry(actor=request.actor, entry_id=knowledge_id, is_back=is_back, at=request.at)
        done = _("Colleagues find it again.") if is_back else _("Colleagues find it no more. Its wordings are kept.")
        messages.success(request, done)
    return redirect("knowledge_entry", knowledge_id=knowledge_id)


@keeping
def knowledge_useful(request: Request, knowledge_id: UUID) -> HttpResponse:
    """It was useful to me, or I no longer say so."""
    if request.method == "POST":
        try:
            services.say_useful(
                actor=request.actor,
                entry_id=knowledge_id,
                is_useful=request.POST.get("useful") == "yes",
                at=request.at,
            )
        except NotThere as error:
            raise Http404 from error
    else:
        _page(request, knowledge_id)
    return HttpResponseRedirect(reverse("knowledge_entry", args=[knowledge_id]))


def found_told(entries: Iterable[Found]) -> list[dict[str, Any]]:
    """What was found, with the subjects in words."""
    return [
        {
            "entry": entry,
            "subjects": [
                *(scheme_name(code) for code in entry.schemes),
                *(str(GROUP_LABELS[code]) for code in entry.groups),
            ],
        }
        for entry in entries
    ]


def _add(request: Request, *, start: EntryStart) -> HttpResponse:
    form = EntryForm(request.POST or None, on=request.on, start=start)
    back = reverse("question", args=[start.question_id]) if start.question_id else reverse("knowledge")
    sheet = Sheet(
        form=form,
        heading=_("Keep it as knowledge"),
        lead=_("Write it so that it helps the next colleague, and so that nobody can tell whom it was about."),
        button=_("Save as knowledge"),
        back_url=back,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.write_entry(
            actor=request.actor,
            draft=form.draft,
            municipality=form.cleaned_data["municipality"],
            question_id=start.question_id,
            at=request.at,
            on=request.on,
        ),
        done=_("Colleagues find it from now on."),
        to=lambda entry: reverse("knowledge_entry", args=[entry.pk]),
    )


def _page(request: Request, knowledge_id: UUID) -> EntryPage:
    return found(selectors.entry_page(actor=request.actor, entry_id=knowledge_id, on=request.on))


def _subjects(page: EntryPage) -> list[str]:
    entry = page.entry
    return [*(scheme_name(code) for code in entry.schemes), *(str(GROUP_LABELS[code]) for code in entry.groups)]
