"""The company as we hold it, and the hands it needs: told and ended by the company itself."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from jobbro.apps.employers import services
from jobbro.apps.employers.refusals import NotNow, NotThere, Refused
from jobbro.apps.jobs import employer_selectors as selectors
from jobbro.webkit.companies import company_asked
from jobbro.webkit.requests import Request, found

from .acting import home_of, keeping, reading, show, tell_refusal
from .forms import EndNeedForm, OurNeedForm
from .reading import workplace_lines


@reading
def our_company(request: Request) -> HttpResponse:
    """What we hold about the company; to have it changed one rings."""
    own = found(selectors.our_company(actor=request.actor, company_id=company_asked(request), on=request.on))
    return show(
        request, "employer_home/company.html", choice=own.choice, own=own, places=workplace_lines(own.workplaces)
    )


@keeping
def our_need_add(request: Request) -> HttpResponse:
    """What hands the company needs."""
    page = found(selectors.need_page(actor=request.actor, company_id=company_asked(request)))
    form = OurNeedForm(request.POST if request.method == "POST" else None, workplaces=page.workplaces)

    def again(status: int = 200) -> HttpResponse:
        return show(request, "employer_home/need.html", choice=page.choice, form=form, status=status)

    if request.method != "POST" or page.choice.card.is_closed:
        return again()
    if not form.is_valid():
        return again(422)
    try:
        services.tell_need(actor=request.actor, company_id=page.choice.card.id, draft=form.draft, on=request.on)
    except Refused as refusal:
        tell_refusal(form, code=refusal.code, fields=refusal.fields)
        return again(422)
    messages.success(request, _("Your need is noted. %(name)s can see it now.") % {"name": page.choice.card.broker})
    return redirect(f"{home_of(page.choice)}#needs")


@keeping
def our_need_end(request: Request, need_id: UUID) -> HttpResponse:
    """The company has found somebody, or needs nobody any more."""
    page = found(selectors.our_need(actor=request.actor, need_id=need_id))
    to = f"{home_of(page.choice)}#needs"
    if page.is_over and request.method != "POST":
        return redirect(to)
    form = EndNeedForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return show(
            request, "employer_home/need_end.html", choice=page.choice, form=form, need=page.need, status=status
        )
    try:
        services.end_need(
            actor=request.actor,
            need_id=need_id,
            state=form.cleaned_data["state"],
            ended_on=request.on,
            on=request.on,
        )
    except NotThere as error:
        raise Http404 from error
    except NotNow:
        messages.warning(request, _("It has ended already, so nothing was changed. This is how it stands now."))
    else:
        messages.success(request, _("It is noted."))
    return redirect(to)
