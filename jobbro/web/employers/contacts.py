"""People at the company: added, changed, ended, and given a login."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from jobbro.apps.employers import selectors, services
from jobbro.apps.employers.refusals import NotNow, NotThere, Refused
from jobbro.webkit.requests import Request, found

from .acting import Sheet, answer, keeping
from .contact_forms import ContactForm, EndContactForm
from .words import NOT_NOW, REFUSALS


@keeping
def contact_add(request: Request, company_id: UUID) -> HttpResponse:
    """Somebody at the company whom we talk with."""
    page = found(selectors.company_page(actor=request.actor, company_id=company_id))
    form = ContactForm(request.POST or None, workplaces=page.workplaces)
    sheet = Sheet(
        form=form,
        heading=_("Add a contact"),
        button=_("Add the contact"),
        card=page.card,
        begins_something=True,
    )
    return answer(
        request,
        sheet,
        do=lambda: services.add_contact(actor=request.actor, company_id=company_id, draft=form.draft, on=request.on),
        done=_("The contact is added."),
    )


@keeping
def contact_change(request: Request, contact_id: UUID) -> HttpResponse:
    """Name, ways to reach them, and what they may see."""
    page = found(selectors.contact_page(actor=request.actor, contact_id=contact_id, on=request.on))
    if page.is_over and request.method != "POST":
        return redirect("employer", company_id=page.card.id)
    names = ("name", "title", "phone", "email", "is_first", "sees_wages")
    initial = {name: getattr(page.row, name) for name in names}
    form = ContactForm(
        request.POST or None,
        workplaces=page.workplaces,
        initial={**initial, "workplace": str(page.row.workplace_id or ""), "seen": page.seen},
    )
    sheet = Sheet(form=form, heading=_("Change the contact"), button=_("Save"), card=page.card)
    return answer(
        request,
        sheet,
        do=lambda: services.change_contact(
            actor=request.actor,
            contact_id=contact_id,
            draft=form.draft,
            seen=form.cleaned_data["seen"],
            on=request.on,
        ),
        done=_("Saved."),
        fresh=lambda: found(selectors.contact_page(actor=request.actor, contact_id=contact_id, on=request.on)).seen,
    )


@keeping
def contact_end(request: Request, contact_id: UUID) -> HttpResponse:
    """The contact's last day; a login opens nothing after it."""
    page = found(selectors.contact_page(actor=request.actor, contact_id=contact_id, on=request.on))
    if page.is_over and request.method != "POST":
        return redirect("employer", company_id=page.card.id)
    form = EndContactForm(request.POST or None)
    sheet = Sheet(
        form=form,
        heading=_("%(name)s is no longer our contact") % {"name": page.row.name},
        title=_("End a contact"),
        lead=_("The name stays in what was said and agreed. A login opens nothing after the last day."),
        button=_("End the contact"),
        card=page.card,
    )

    def do() -> object:
        data = form.cleaned_data
        until_on = data["until_on"] if data["when"] == "day" else None
        return services.end_contact(actor=request.actor, contact_id=contact_id, until_on=until_on, on=request.on)

    return answer(request, sheet, do=do, done=_("The contact has got a last day."))


@keeping
def contact_invite(request: Request, contact_id: UUID) -> HttpResponse:
    """The contact gets a login; name and password are told once, on this page."""
    page = found(selectors.contact_page(actor=request.actor, contact_id=contact_id, on=request.on))
    if request.method != "POST":
        if page.is_over:
            return redirect("employer", company_id=page.card.id)
        return render(request, "employers/invite.html", {"page": page, "card": page.card})
    try:
        login = services.invite_contact(actor=request.actor, contact_id=contact_id, on=request.on)
    except NotThere as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, str(REFUSALS[refusal.code]))
        return redirect("employer", company_id=page.card.id)
    except NotNow:
        messages.warning(request, str(NOT_NOW))
        return redirect("employer", company_id=page.card.id)
    return render(request, "employers/invited.html", {"page": page, "card": page.card, "login": login})
