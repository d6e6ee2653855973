"""The person's own page of reminders."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.reminders.enums import State
from jobbro.apps.reminders.selectors import my_reminders
from jobbro.apps.reminders.services import choose_mail
from jobbro.webkit.access import FILE, page
from jobbro.webkit.requests import Request

from .forms import MailForm


@page(FILE, writes=True)
def reminders(request: Request) -> HttpResponse:
    """Whether reminders come by mail, and how the newest one fared."""
    shown = my_reminders(actor=request.actor)
    if request.method != "POST":
        form = MailForm(initial={"wants_mail": "yes" if shown.wants_mail else "no"})
        return _answer(request, shown=shown, form=form)
    form = MailForm(request.POST)
    if not form.is_valid():
        return _answer(request, shown=shown, form=form, status=422)
    choose_mail(actor=request.actor, wants_mail=form.cleaned_data["wants_mail"] == "yes", at=request.at)
    messages.success(request, _("Saved."))
    return redirect("reminders")


def _answer(request: Request, *, shown: object, form: MailForm, status: int = 200) -> HttpResponse:
    newest = getattr(shown, "newest_state", "")
    context = {"page": shown, "form": form, "newest": str(State(newest).label) if newest else ""}
    return render(request, "reminders/reminders.html", context, status=status)
