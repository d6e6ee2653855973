"""Filters with names: save the one that is shown, drop one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from jobbro.apps.audit.enums import Kind, Purpose
from jobbro.apps.worklist.services import MOST_SAVED, FilterWords, NotSaved, drop_filter, save_filter
from jobbro.webkit.access import CASEWORK, page
from jobbro.webkit.requests import Request

from .forms import SaveForm
from .views import context_of


@page(CASEWORK, purpose=Purpose.WORKLIST, kind=Kind.LIST, writes=True)
def worklist_filter_save(request: Request) -> HttpResponse:
    """The filter gets a name; whoever comes without a form is at the list."""
    if request.method != "POST":
        return redirect("worklist")
    form = SaveForm(request.POST)
    if not form.is_valid():
        return _again(request, form=form)
    typed = form.cleaned_data
    words = FilterWords(name=typed["name"], query=typed["query"], is_default=typed["is_default"])
    try:
        save_filter(actor=request.actor, words=words, at=request.at)
    except NotSaved:
        problem = _("You have %(most)s filters already. Drop one you no longer use, and save again.")
        form.add_error("name", problem % {"most": MOST_SAVED})
        return _again(request, form=form)
    messages.success(request, _("The filter “%(name)s” is saved.") % {"name": words.name})
    return redirect(f"{reverse('worklist')}?{words.query or 'who=mine'}")


def _again(request: Request, *, form: SaveForm) -> HttpResponse:
    query = QueryDict(request.POST.get("query", ""))
    return render(request, "worklist/worklist.html", context_of(request, query=query, save_form=form), status=422)


@page(CASEWORK, writes=True)
def worklist_filter_drop(request: Request, filter_id: UUID) -> HttpResponse:
    """One of the own filters is gone."""
    if request.method != "POST":
        return redirect("worklist")
    if not drop_filter(actor=request.actor, filter_id=filter_id):
        raise Http404
    messages.success(request, _("The filter is dropped."))
    return redirect(f"{reverse('worklist')}?who=mine")
